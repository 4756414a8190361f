//go:build !race

package supervise

import (
	"compress/gzip"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"testing"
	"time"

	"opposer/internal/gate"
	"opposer/internal/words"
)

// axe has axe-core look at the page, wide and narrow, light and dark, and sees
// that it does not scroll sideways. testdata/axe.min.js.gz is the file of that
// name (less .gz) in the package axe-core of npm (MPL-2.0).
func axe(t *testing.T, h *person, what string) {
	t.Helper()
	f, err := os.Open("testdata/axe.min.js.gz")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	unpacked, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	script, err := io.ReadAll(unpacked)
	if err != nil {
		t.Fatal(err)
	}
	h.get(string(script) + "\n;0")
	for _, width := range []int{1280, 390} {
		for _, dark := range []bool{false, true} {
			h.looks(width, dark)
			h.until(fmt.Sprintf("innerWidth === %d && matchMedia('(prefers-color-scheme: dark)').matches === %v", width, dark))
			// What axe cannot decide counts too, but for the contrast of signs: it
			// measures letters only.
			v := h.get(`
			var unsure = (list) => list.map((v) => ({ ...v, nodes: v.nodes.filter((n) => !/only non-text characters/.test(n.failureSummary)) })).filter((v) => v.nodes.length);
			axe.run(document, { resultTypes: ["violations", "incomplete"] }).then((r) => ({
				passed: r.passes.length,
				wrong: r.violations.concat(unsure(r.incomplete)).map((v) => v.id + ": " + v.help + "\n  " + v.nodes.map((n) => n.html + " " + n.failureSummary).join("\n  ")),
			}))`).(map[string]any)
			if v["passed"].(float64) < 5 {
				t.Fatalf("%s: axe looked at nothing", what)
			}
			for _, wrong := range v["wrong"].([]any) {
				t.Errorf("%s, %d wide, dark %v: %v", what, width, dark, wrong)
			}
			if over := h.get("document.documentElement.scrollWidth - innerWidth").(float64); over > 0 {
				t.Errorf("%s, %d wide: %v pixels too wide", what, width, over)
			}
		}
	}
	h.looks(1280, false)
}

func TestAxeFindsNothing(t *testing.T) {
	for _, lang := range []words.Language{words.English, words.French} {
		t.Run(string(lang), func(t *testing.T) {
			p, _ := open(t, lang)
			h := come(t, p)
			axe(t, h, "empty page")
			crowd(p)
			picture := filepath.Join(t.TempDir(), "page.png")
			if err := os.WriteFile(picture, h.picture(), 0o600); err != nil {
				t.Fatal(err)
			}
			var screens []*screen
			for _, k := range gate.Kinds() {
				g := asked(k)
				s := newScreen()
				screens = append(screens, s)
				g.Screen, g.Windows = s, k == gate.Decision
				g.Window = k == gate.Captcha
				if k == gate.Review {
					g.Picture = picture
				}
				m := meet(t, p, g)
				if k != gate.Choice { // which waits for as long as it takes
					go m.lease.Run(t.Context(), gate.Clocks{Come: time.Hour}, nil)
				}
			}
			h.until("document.querySelectorAll('.gate').length === 7 && document.querySelectorAll('[data-until]').length === 6")
			axe(t, h, "every kind")
			h.opens()
			axe(t, h, "live view")
			screens[0].show(gate.View{Width: 1600, Height: 1000, Dialog: &gate.Dialog{Kind: "prompt", Message: "Name?", Default: "x"}})
			h.until("document.querySelector('#ask').open")
			axe(t, h, "dialog")
			for _, m := range p.board.look().meetings {
				_ = m.lease.Return(gate.Answer{Verb: gate.GiveUp, By: "terminal"})
			}
			p.Over(words.Said("2 submitted, 1 in doubt.", "2 envoyées, 1 incertaine."))
			h.until("document.querySelectorAll('.gate').length === 0 && document.querySelector('#over').innerText !== ''")
			axe(t, h, "ended run")
			stranger := blank(t)
			stranger.goes(p.URL())
			stranger.until("document.querySelector('h1') && document.readyState === 'complete'")
			axe(t, stranger, "link that is not valid")
		})
	}
}
