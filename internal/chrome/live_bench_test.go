//go:build !race

package chrome

import (
	"image/color"
	"slices"
	"testing"
	"time"

	"opposer/internal/gate"
)

// How many pictures a second of a page that never stands still, and how large.
func BenchmarkLiveViewFrames(b *testing.B) {
	for name, browser := range map[string]func() (*Browser, error){"shell": shell, "full": full} {
		b.Run(name, func(b *testing.B) {
			tab := visit(b, shared(b, browser), newSite(b, map[string]string{"/": animated}), "/")
			a := audienceOf(b, tab)
			framed := func(v gate.View) bool { return v.Frame != nil }
			a.until("a frame", framed)
			began, bytes := time.Now(), 0
			for b.Loop() {
				bytes += len(a.until("a frame", framed).Frame)
			}
			b.ReportMetric(float64(b.N)/time.Since(began).Seconds(), "frames/s")
			b.ReportMetric(float64(bytes)/float64(b.N), "bytes/frame")
		})
	}
}

// How long from a key on the picture until the picture shows its effect.
func BenchmarkLiveViewKey(b *testing.B) {
	for name, browser := range map[string]func() (*Browser, error){"shell": shell, "full": full} {
		b.Run(name, func(b *testing.B) {
			tab := visit(b, shared(b, browser), newSite(b, map[string]string{
				"/": still + `<script>let n = 0; onkeydown = () => { document.body.style.background = n++ % 2 ? "#f00" : "#00f" }</script>`,
			}), "/")
			a := audienceOf(b, tab)
			a.colour(red)
			_, d := lent(b, tab)
			h := hand{b, tab, d}
			want := []color.RGBA{blue, red}
			var took []time.Duration
			for b.Loop() {
				began := time.Now()
				h.do(gate.Input{Kind: gate.KeyDown, Key: "x", Code: "KeyX"})
				var came time.Time
				a.until("the key's effect", func(v gate.View) bool {
					came = time.Now()
					return painted(b, v) == want[len(took)%2]
				})
				took = append(took, came.Sub(began))
			}
			slices.Sort(took)
			b.ReportMetric(float64(took[len(took)/2].Microseconds())/1000, "ms-median")
			b.ReportMetric(float64(took[len(took)-1].Microseconds())/1000, "ms-worst")
		})
	}
}
