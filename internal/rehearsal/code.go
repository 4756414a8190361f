package rehearsal

import (
	"crypto/rand"
	"fmt"
	"math/big"
)

// codes is what codes the mails hold.
type codes string

const (
	codesKnown  codes = "known"  // [Code], and [SecondCode] after it
	codesRandom codes = "random" // another one each time
)

// drawCode gives the code that is wanted next of a view.
func (s *Site) drawCode(shown *view) (string, error) {
	code := Code
	if s.views.round(shown) > 0 {
		code = SecondCode
	}
	if s.traits.codes == codesRandom {
		n, err := rand.Int(rand.Reader, big.NewInt(1e6))
		if err != nil {
			return "", fmt.Errorf("drawing a code: %w", err)
		}
		code = fmt.Sprintf("%06d", n)
	}
	s.views.await(shown, code)
	return code, nil
}

// wantCode makes it a verdict that a code is wanted, which goes out by mail.
func (s *Site) wantCode(v *verdict, shown *view) {
	code, err := s.drawCode(shown)
	if err != nil {
		v.fault = "fault"
		return
	}
	v.code, v.mailed = true, code
}

// checkCode is what a code comes to.
func (s *Site) checkCode(v *verdict, shown *view, right bool) {
	switch {
	case !right:
		v.fault, v.field = "wrong_code", "code"
	case s.traits.codeTwice && s.views.turn(shown) == 1:
		v.again = true
		s.wantCode(v, shown)
	case shown.look == lookPortal:
		s.views.verify(shown)
		v.verified = true
	default:
		v.take(s)
	}
}

// await remembers the code that is wanted of a view.
func (v *views) await(shown *view, code string) {
	v.mu.Lock()
	defer v.mu.Unlock()
	shown.code = code
}

// awaits says whether a code is the one that is wanted.
func (v *views) awaits(shown *view, code string) bool {
	v.mu.Lock()
	defer v.mu.Unlock()
	return shown.code != "" && code == shown.code
}

// round is how many right codes were given before.
func (v *views) round(shown *view) int {
	v.mu.Lock()
	defer v.mu.Unlock()
	return shown.rounds
}

// turn counts one more, and gives how many there have been.
func (v *views) turn(shown *view) int {
	v.mu.Lock()
	defer v.mu.Unlock()
	shown.rounds++
	return shown.rounds
}
