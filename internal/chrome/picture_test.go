package chrome

import (
	"bytes"
	"image"
	"image/png"
	"os"
	"strings"
	"testing"
	"time"
)

// twoPages serves a fixture twice, with two people's values of equal length in
// the same places.
func twoPages(t *testing.T, name string) *site {
	t.Helper()
	src, err := os.ReadFile("testdata/" + name)
	if err != nil {
		t.Fatal(err)
	}
	with := func(value, phone string) string {
		page := strings.ReplaceAll(string(src), "VAL</span><span>UE", value[:4]+"</span><span>"+value[4:])
		return strings.NewReplacer("VALUE", value, "PHONE", phone).Replace(page)
	}
	return newSite(t, map[string]string{
		"/a": with("marie.curie@example.org", "+33 6 12 34 56 78"),
		"/b": with("petra.kelly@example.net", "+49 7 98 76 54 32"),
	})
}

func decode(t *testing.T, b []byte) image.Image {
	t.Helper()
	img, err := png.Decode(bytes.NewReader(b))
	if err != nil {
		t.Fatal(err)
	}
	return img
}

// differs gives the first pixel in which two pictures differ.
func differs(a, b image.Image) (image.Point, bool) {
	if a.Bounds() != b.Bounds() {
		return image.Point{}, true
	}
	for y := a.Bounds().Min.Y; y < a.Bounds().Max.Y; y++ {
		for x := a.Bounds().Min.X; x < a.Bounds().Max.X; x++ {
			if a.At(x, y) != b.At(x, y) {
				return image.Pt(x, y), true
			}
		}
	}
	return image.Point{}, false
}

// Pictures of two pages that differ in a person's values only are the same,
// pixel by pixel: the values are not in them.
func TestAPictureHoldsNobodysValue(t *testing.T) {
	t.Parallel()
	s := twoPages(t, "picture.html")
	take := map[string]func(*Tab) ([]byte, error){
		"window": func(tab *Tab) ([]byte, error) { return tab.Picture(within(t)) },
		"whole":  func(tab *Tab) ([]byte, error) { return tab.WholePicture(within(t)) },
	}
	for name, shoot := range take {
		var pictures []image.Image
		for _, path := range []string{"/a", "/b"} {
			tab := visit(t, shared(t, shell), s, path)
			tab.bounds.veil = time.Minute
			settled(t, tab) // finds one closed root; the other comes later
			asPage(t, tab, "later()")
			before := asPage(t, tab, "window.count ?? 0").Int()
			b, err := shoot(tab)
			if err != nil {
				fail(t, err)
			}
			pictures = append(pictures, decode(t, b))
			if n := asPage(t, tab, "window.count ?? 0").Int(); n != before {
				t.Errorf("%s: the page saw %d changes", name, n-before)
			}
		}
		if at, differ := differs(pictures[0], pictures[1]); differ {
			t.Errorf("%s: the pictures differ at %v", name, at)
		}
	}
}

// The other side of the test above: without the veil they do differ, and after
// the picture the page looks as before.
func TestAPictureLeavesThePageAsItWas(t *testing.T) {
	t.Parallel()
	s := twoPages(t, "picture.html")
	tab := visit(t, shared(t, shell), s, "/a")
	settled(t, tab)
	if _, err := tab.Picture(within(t)); err != nil {
		fail(t, err)
	}
	got := evaluate(t, tab, `[document.adoptedStyleSheets.length, CSS.highlights.size,
		getComputedStyle(document.querySelector('h1')).webkitTextFillColor].join(' ')`).Str()
	if got != "0 0 rgb(0, 0, 0)" {
		t.Errorf("left behind: %s", got)
	}
}

// A frame out of process is masked too, and one whose page keeps putting new
// addresses on the screen shows no text at all.
func TestAPictureMasksOtherProcessesAndUnrest(t *testing.T) {
	t.Parallel()
	var pictures []image.Image
	for _, value := range []string{"marie.curie@example.org", "petra.kelly@example.net"} {
		s := newSite(t, map[string]string{
			"/":      "<body style='font: 16px monospace'><h1>Outer</h1><p id=p></p><script>let i = 0; setInterval(() => { p.textContent = ''; p.append('" + value + "'); }, 5)</script><iframe src=FRAME width=400></iframe>",
			"/frame": "<body style='font: 16px monospace'><p>For " + value + " <input value='" + value + "'>",
		})
		s.pages["/"] = strings.ReplaceAll(s.pages["/"], "FRAME", s.local()+"/frame")
		tab := openTab(t, shared(t, full), Guard{Type: []string{s.URL}})
		if _, err := tab.Navigate(within(t), s.URL+"/"); err != nil {
			t.Fatal(err)
		}
		awaitNode(t, tab, "textbox", "")
		tab.bounds.veil = time.Minute
		paintFrames(t, tab)
		b, err := tab.Picture(within(t))
		if err != nil {
			fail(t, err)
		}
		pictures = append(pictures, decode(t, b))
	}
	if at, differ := differs(pictures[0], pictures[1]); differ {
		t.Errorf("the pictures differ at %v", at)
	}
}
