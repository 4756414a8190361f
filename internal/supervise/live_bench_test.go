package supervise

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"opposer/internal/chrome"
	"opposer/internal/gate"
	"opposer/internal/words"
)

// Two pages to look at: one that stands still until a key is pressed, and one
// that never does.
const (
	still  = `<body style="margin:0;background:#00f"><script>let n = 0; onkeydown = () => { document.body.style.background = n++ % 2 ? "#00f" : "#f00" }</script>`
	moving = `<body style="margin:0"><div style="font:30px sans-serif">A page of text that moves. </div><script>
		const d = document.querySelector("div"); d.textContent = d.textContent.repeat(200); let n = 0;
		(function f() { d.style.transform = "translateY(" + (n++ % 300) + "px)"; requestAnimationFrame(f) })()</script>`
)

// BenchmarkTheLiveViewInABrowser measures what a person gets of a page: pictures
// a second, the time from a key to the picture that shows it, and what it costs
// the browser of the run.
func BenchmarkTheLiveViewInABrowser(b *testing.B) {
	for name, bin := range map[string]string{"shell": secondBin, "whole": "/usr/bin/chromium"} {
		b.Run(name+"/frames", func(b *testing.B) {
			h, _ := beside(b, bin, moving)
			h.watches()
			for b.Loop() {
				h.frames(b, 5*time.Second)
			}
		})
		b.Run(name+"/key", func(b *testing.B) {
			h, _ := beside(b, bin, still)
			h.watches()
			h.get(`(() => { window.took = []; let at = 0, was = "";
		const colour = (c) => { const p = c.getImageData(5, 5, 1, 1).data; return p[0] > p[2] ? "red" : "blue" };
		const c = document.querySelector("canvas").getContext("2d");
		was = colour(c);
		addEventListener("keydown", () => { at = performance.now() }, true);
		const draw = CanvasRenderingContext2D.prototype.drawImage;
		CanvasRenderingContext2D.prototype.drawImage = function (...a) {
			draw.apply(this, a);
			const now = colour(this);
			if (at && now !== was) { took.push(performance.now() - at); at = 0; was = now }
		} })()`)
			for b.Loop() {
				for range 50 {
					before := h.get("took.length")
					h.press("x")
					h.until(fmt.Sprintf("took.length > %v", before))
				}
			}
			took := h.get("took.sort((a, b) => a - b)").([]any)
			b.ReportMetric(took[len(took)/2].(float64), "ms-median")
			b.ReportMetric(took[len(took)-1].(float64), "ms-worst")
		})
		for page, html := range map[string]string{"still": still, "moving": moving} {
			b.Run(name+"/cost/"+page, func(b *testing.B) {
				h, tree := beside(b, bin, html)
				for b.Loop() {
					b.ReportMetric(tree.percent(b, 5*time.Second), "%cpu-alone")
					h.watches()
					b.ReportMetric(tree.percent(b, 5*time.Second), "%cpu-watched")
					h.click("[data-close]")
					b.ReportMetric(tree.percent(b, 5*time.Second), "%cpu-after")
				}
			})
		}
	}
}

// beside is a person with the page of a gate whose own page is in another
// browser, and the processes of that one.
func beside(b *testing.B, bin, html string) (*person, family) {
	b.Helper()
	p, _ := open(b, words.English)
	h := come(b, p)
	site := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html")
		_, _ = w.Write([]byte("<!doctype html><meta charset=utf-8><title>x</title>" + html))
	}))
	b.Cleanup(site.Close)
	before := children(os.Getpid())
	first, err := chrome.Start(deadline(b), chrome.Options{Bin: bin, NoSandbox: os.Geteuid() == 0})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = first.Close(deadline(b)) })
	var tree family
	for pid := range children(os.Getpid()) {
		if !before[pid] {
			tree = append(tree, pid)
		}
	}
	c, err := first.NewContext(deadline(b), chrome.ContextOptions{})
	if err != nil {
		b.Fatal(err)
	}
	tab, err := c.NewTab(deadline(b), chrome.Guard{Type: []string{site.URL}})
	if err != nil {
		b.Fatal(err)
	}
	if _, err := tab.Navigate(deadline(b), site.URL+"/"); err != nil {
		b.Fatal(err)
	}
	g := asked(gate.Login)
	g.Screen = tab.Screen()
	m := meet(b, p, g)
	tab.Lend(m.lease)
	return h, tree
}

func (h *person) watches() {
	h.t.Helper()
	h.click("[data-open]")
	h.until("document.querySelector('[data-yours=yes] canvas').dataset.size")
}

// frames counts the pictures that are drawn.
func (h *person) frames(b *testing.B, during time.Duration) {
	b.Helper()
	n := h.get(fmt.Sprintf(`new Promise((done) => { let n = 0; const draw = CanvasRenderingContext2D.prototype.drawImage;
		CanvasRenderingContext2D.prototype.drawImage = function (...a) { n++; draw.apply(this, a) }; setTimeout(() => done(n), %d) })`, during.Milliseconds()))
	b.ReportMetric(n.(float64)/during.Seconds(), "frames/s")
	b.ReportMetric(0, "ns/op")
}

// family are processes with all that they started.
type family []int

// percent is how much of one processor they use. They are given a moment first.
func (f family) percent(b *testing.B, over time.Duration) float64 {
	b.Helper()
	<-time.After(time.Second)
	before := f.ticks()
	<-time.After(over)
	const ticks = 100 // a second (proc(5): sysconf(_SC_CLK_TCK))
	return float64(f.ticks()-before) / ticks / over.Seconds() * 100
}

func (f family) ticks() int {
	sum := 0
	for _, pid := range f {
		if s := stat(pid); len(s) > 12 {
			user, _ := strconv.Atoi(s[11])
			system, _ := strconv.Atoi(s[12])
			sum += user + system
		}
		for child := range children(pid) {
			sum += family{child}.ticks()
		}
	}
	return sum
}

// stat is what the system tells of a process after its name, which may hold
// spaces (proc(5)): its state, its parent, …
func stat(pid int) []string {
	all, _ := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	_, rest, _ := strings.Cut(string(all), ") ")
	return strings.Fields(rest)
}

func children(of int) map[int]bool {
	found := map[int]bool{}
	list, _ := filepath.Glob("/proc/[0-9]*")
	for _, dir := range list {
		pid, _ := strconv.Atoi(filepath.Base(dir))
		if s := stat(pid); len(s) > 1 && s[1] == strconv.Itoa(of) {
			found[pid] = true
		}
	}
	return found
}
