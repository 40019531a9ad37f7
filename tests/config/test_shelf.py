from learningcity.config.shelf import Page, Shelf


def page(size=1000):
    return Page([("Content-Type", "text/html")], b"x" * size)


def kept(shelf):
    return list(shelf.pages)


def test_shelf_lets_go_of_the_page_not_asked_for_the_longest():
    shelf = Shelf(2, 10_000_000)
    shelf.put("a", page())
    shelf.put("b", page())
    shelf.get("a", not_before=0)
    shelf.put("c", page())

    assert kept(shelf) == ["a", "c"]


def test_shelf_stays_within_its_bytes():
    shelf = Shelf(1000, 100_000)
    for number in range(100):
        shelf.put(number, page())

    assert shelf.bytes <= 100_000
    assert shelf.bytes == sum(each.size() for each in shelf.pages.values())


def test_shelf_does_not_keep_a_page_that_would_fill_it():
    shelf = Shelf(1000, 100_000)
    shelf.put("small", page())
    shelf.put("huge", page(50_000))

    assert kept(shelf) == ["small"]


def test_shelf_counts_a_page_put_twice_once():
    shelf = Shelf(10, 100_000)
    shelf.put("a", page())
    shelf.put("a", page())

    assert shelf.bytes == page().size()


def test_page_is_compressed_once_per_encoding():
    text = page(5000)
    bodies = [text.encoded("gzip")[1] for _ in range(2)]

    assert bodies[0] is bodies[1]


def test_picture_is_not_compressed():
    picture = Page([("Content-Type", "image/png")], b"x" * 5000)

    assert picture.encoded("br, gzip")[1] == b"x" * 5000
