// Reads a feed of either version on standard input with Readium's r2-opds-js; JSON comes out.
const { readFileSync } = require("node:fs");
const { DOMParser } = require("@xmldom/xmldom");
const { convertOpds1ToOpds2 } = require("r2-opds-js/dist/es8-es2017/src/opds/converter");
const { initGlobalConverters_OPDS } = require("r2-opds-js/dist/es8-es2017/src/opds/init-globals");
const { OPDS } = require("r2-opds-js/dist/es8-es2017/src/opds/opds1/opds");
const { OPDSFeed } = require("r2-opds-js/dist/es8-es2017/src/opds/opds2/opds2");
const shared = require("r2-shared-js/dist/es8-es2017/src/init-globals");
const { XML } = require("r2-utils-js/dist/es8-es2017/src/_utils/xml-js-mapper");
const { TaJsonDeserialize, TaJsonSerialize } = require("r2-lcp-js/dist/es8-es2017/src/serializable");

shared.initGlobalConverters_GENERIC();
initGlobalConverters_OPDS();
const text = readFileSync(0, "utf8");
const feed = text.trimStart().startsWith("{")
  ? TaJsonDeserialize(JSON.parse(text), OPDSFeed)
  : convertOpds1ToOpds2(
      XML.deserialize(new DOMParser().parseFromString(text, "application/xml"), OPDS),
    );
console.log(JSON.stringify(TaJsonSerialize(feed)));
