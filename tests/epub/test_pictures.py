"""Pictures and covers: shown by every reader, described, never in the way."""

from __future__ import annotations

import io
from pathlib import Path

import novella
import pytest
from msgspec.structs import replace
from PIL import Image as Pillow

from bookforge.contracts import Context
from bookforge.cover.jacket import INSIDE, draw_jacket
from bookforge.diagnostics import BookError, Diagnostic, Severity
from bookforge.model.blocks import Figure
from bookforge.model.inlines import Image
from bookforge.render.epub.cover import make_cover
from bookforge.render.epub.images import MOST_PIXELS, Picture, load_picture


def figure(path: Path, alt: str | None = "A lamp", *, decorative: bool = False) -> Figure:
    image = Image(path.name, alt, novella.HERE, decorative, str(path))
    return Figure(image, novella.HERE)


def opened(picture: Picture) -> Pillow.Image:
    return Pillow.open(io.BytesIO(picture.data))


class TestPictures:
    def build(self, folder: Path, *figures: Figure) -> tuple[dict[str, bytes], list[Diagnostic]]:
        context, found = novella.make_context(folder)
        data = novella.make_book(novella.one_chapter(*figures), novella.METADATA, context, None)
        return novella.members(data), found

    def test_a_picture_is_carried_once_and_unchanged(self, tmp_path: Path, picture: Path) -> None:
        files, _ = self.build(tmp_path, figure(picture), figure(picture, "Again"))
        assert files["EPUB/images/picture-1.png"] == picture.read_bytes()
        assert "EPUB/images/picture-2.png" not in files
        page = files["EPUB/text/text.xhtml"].decode()
        assert '<img src="../images/picture-1.png" alt="A lamp"/>' in page
        assert 'alt="Again"' in page

    def test_alternative_text(self, tmp_path: Path, picture: Path) -> None:
        files, _ = self.build(
            tmp_path, figure(picture, None), figure(picture, decorative=True), figure(picture, '"')
        )
        page = files["EPUB/text/text.xhtml"].decode()
        assert 'alt="" role="presentation"' in page
        assert 'alt="&quot;"' in page

    @pytest.mark.parametrize("alt", [None, "", " \n"])
    def test_no_words_are_put_in_place_of_missing_ones(
        self, alt: str | None, tmp_path: Path, picture: Path
    ) -> None:
        captioned = replace(figure(picture, alt), caption=novella.inlines("The lamp"))
        files, _ = self.build(tmp_path, figure(picture, alt), captioned)
        page = files["EPUB/text/text.xhtml"].decode()
        shown = '<div><img src="../images/picture-1.png"/></div>'
        assert f'<figure aria-label="Illustration">{shown}</figure>' in page
        assert f"<figure>{shown}<figcaption>The lamp</figcaption></figure>" in page

    def test_a_damaged_picture_is_left_out(self, tmp_path: Path) -> None:
        broken = tmp_path / "broken.png"
        broken.write_bytes(b"\x89PNG\r\n\x1a\nnot really")
        files, found = self.build(tmp_path, figure(broken))
        assert [diagnostic.code for diagnostic in found] == ["E011"]
        assert "<figure><p>A lamp</p></figure>" in files["EPUB/text/text.xhtml"].decode()

    @pytest.mark.parametrize(
        ("mode", "ending", "kind"),
        [
            ("RGB", "bmp", "JPEG"),
            ("RGBA", "webp", "PNG"),
            ("CMYK", "tif", "JPEG"),
            ("1", "tif", "PNG"),
            ("RGB", "gif", "GIF"),
            ("L", "jpg", "JPEG"),
            ("CMYK", "jpg", "JPEG"),
        ],
    )
    def test_formats(self, mode: str, ending: str, kind: str, tmp_path: Path) -> None:
        path = tmp_path / f"a.{ending}"
        Pillow.new(mode, (8, 6)).save(path)
        found = opened(load_picture(path, "images/a"))
        assert (found.format, found.size) == (kind, (8, 6))
        assert found.mode != "CMYK"

    def test_films_are_known(self, tmp_path: Path) -> None:
        frames = [Pillow.new("RGB", (8, 6), colour) for colour in ("red", "blue")]
        for name in ("a.gif", "a.png", "a.webp"):
            frames[0].save(tmp_path / name, save_all=True, append_images=frames[1:])
        moves = {
            name: load_picture(tmp_path / name, "images/a").moves
            for name in ("a.gif", "a.png", "a.webp")
        }
        assert moves == {"a.gif": True, "a.png": True, "a.webp": False}

    def test_huge_pictures_shrink(self, tmp_path: Path) -> None:
        path = tmp_path / "huge.png"
        Pillow.new("L", (4000, 2000)).save(path)
        found = opened(load_picture(path, "images/huge"))
        assert 0.98 * MOST_PIXELS < found.width * found.height <= MOST_PIXELS

    def test_a_picture_on_its_side_is_turned(self, tmp_path: Path) -> None:
        path = tmp_path / "side.jpg"
        exif = Pillow.Exif()
        exif[0x0112] = 6
        Pillow.new("RGB", (40, 20)).save(path, exif=exif)
        assert opened(load_picture(path, "images/side")).size == (20, 40)


class TestCovers:
    def context(self, folder: Path, cover: str | None = None) -> tuple[Context, list[Diagnostic]]:
        return novella.make_context(folder, {"book": {"cover-image": cover}} if cover else {})

    def test_a_cover_is_drawn(self, tmp_path: Path) -> None:
        context, _ = self.context(tmp_path)
        cover = opened(make_cover(novella.METADATA, context))
        assert (cover.format, cover.mode, cover.size) == ("JPEG", "RGB", (1400, 2240))

    def test_each_book_has_its_own_and_keeps_it(self, tmp_path: Path) -> None:
        context, _ = self.context(tmp_path)
        first = make_cover(novella.METADATA, context).data
        assert make_cover(novella.METADATA, context).data == first
        assert make_cover(replace(novella.METADATA, title="Other"), context).data != first

    @pytest.mark.parametrize(
        "title", ["", "x " * 5000, "x" * 10_000, "A" * 44, "word " * 30, "\x00", "Ænima & <Æ>"]
    )
    def test_any_title(self, title: str, tmp_path: Path) -> None:
        context, _ = self.context(tmp_path)
        hard = replace(novella.METADATA, title=title, subtitle=title, authors=(title,) * 5)
        assert draw_jacket(hard, context, INSIDE).size == (1400, 2240)

    def test_letters_that_the_font_lacks_are_reported(self, tmp_path: Path) -> None:
        context, found = self.context(tmp_path)
        draw_jacket(replace(novella.METADATA, title="小さな灯", language="ja"), context, INSIDE)
        assert [diagnostic.code for diagnostic in found] == ["E014"]

    def test_the_writers_picture_is_taken_as_it_is(self, tmp_path: Path) -> None:
        path = tmp_path / "own.jpg"
        Pillow.new("RGB", (600, 800), "red").save(path)
        context, _ = self.context(tmp_path, "own.jpg")
        assert make_cover(novella.METADATA, context).data == path.read_bytes()

    def test_artwork_for_the_wrap_gives_its_front(self, tmp_path: Path) -> None:
        whole = Pillow.new("RGB", (1300, 900), "red")
        whole.paste("blue", (700, 0, 1300, 900))
        whole.save(tmp_path / "wrap.png")
        tables = {"output": {"cover": {"artwork": "wrap.png"}}}
        context, _ = novella.make_context(tmp_path, tables)
        cover = opened(make_cover(novella.METADATA, context, 320))
        assert cover.size == (1400, 2240)
        middle = cover.getpixel((700, 1100))
        assert isinstance(middle, tuple)
        assert middle[2] > 200 > middle[0]

    def test_other_pictures_become_jpeg(self, tmp_path: Path) -> None:
        Pillow.new("RGBA", (600, 800)).save(tmp_path / "own.png")
        context, found = self.context(tmp_path, "own.png")
        cover = opened(make_cover(novella.METADATA, context))
        assert (cover.format, cover.mode) == ("JPEG", "RGB")
        assert cover.getpixel((0, 0)) == (255, 255, 255)
        assert found == []

    def test_covers_keep_to_four_million_pixels(self, tmp_path: Path) -> None:
        Pillow.new("RGB", (1600, 2560)).save(tmp_path / "own.jpg")
        context, _ = self.context(tmp_path, "own.jpg")
        cover = make_cover(novella.METADATA, context)
        assert cover.width * cover.height <= MOST_PIXELS

    @pytest.mark.parametrize("name", ["gone.jpg", "text.jpg", "."])
    def test_a_cover_that_is_none_is_an_error(self, name: str, tmp_path: Path) -> None:
        (tmp_path / "text.jpg").write_text("no picture")
        context, _ = self.context(tmp_path, name)
        with pytest.raises(BookError) as caught:
            make_cover(novella.METADATA, context)
        (found,) = caught.value.diagnostics
        assert (found.code, found.severity) == ("E013", Severity.ERROR)
