package rehearsal

import (
	"context"
	"os/exec"
	"testing"
	"time"

	"github.com/go-rod/rod/lib/proto"

	"opposer/internal/rehearsal/screentest"
)

// TestPlacesOnARealScreen: hands outside of Chrome get a form through by what the
// pages tell, with the window anywhere and frames in processes of their own.
func TestPlacesOnARealScreen(t *testing.T) {
	ctx, cancel := context.WithTimeout(t.Context(), 2*time.Minute)
	defer cancel()
	hands := screentest.Start(ctx, t)
	s := started(t, Options{Scenario: "captcha", Places: true})
	board := newSwitchboard(t)
	board.to.Store(s)
	cmd := hands.On(exec.CommandContext(ctx, "chromium", append(board.flags(t, s.TrustedKeys()),
		"--no-first-run", "--window-position=40,30", "--site-per-process", "about:blank")...))
	b := screentest.Drive(ctx, t, cmd)
	press := func(name string) {
		t.Helper()
		x, y, err := s.Place(ctx, name)
		if err != nil {
			t.Fatal(err)
		}
		hands.Press(x, y)
	}
	if _, err := b.Page(proto.TargetCreateTarget{URL: direct}); err != nil {
		t.Fatal(err)
	}
	press("Refuser les cookies optionnels")
	press("Adresse e-mail")
	hands.Type(ownEmail)
	press("Je ne suis pas un robot")
	press("Envoyer")
	got, err := s.Await(ctx, 1)
	if err != nil || got[0].Email != ownEmail || !got[0].Taken || s.Counts().CaptchaTicked != 1 {
		t.Errorf("received %#v, %v, counts %+v", got, err, s.Counts())
	}
}
