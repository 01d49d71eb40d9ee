// What a reader sees of one document: its characters in order, pictures, fonts.
window.seen = async (page) => {
  await page.fonts.ready
  const walker = page.createTreeWalker(page.body, NodeFilter.SHOW_TEXT)
  const range = page.createRange()
  let characters = ''
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const text = node.data.replace(/\s/g, '')
    if (!text) continue
    range.selectNodeContents(node)
    const drawn = range.getClientRects().length > 0
    if (drawn && node.parentElement.checkVisibility({ visibilityProperty: true })) characters += text
  }
  return {
    characters,
    pictures: [...page.images].map((image) => image.complete && image.naturalWidth > 0),
    failed: [...page.fonts].filter((font) => font.status === 'error').map((font) => font.family),
  }
}
