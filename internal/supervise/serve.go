package supervise

import (
	"embed"
	"encoding/json"
	"io"
	"log"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"opposer/internal/words"
)

//go:embed static
var static embed.FS

// answerLimit is how many bytes the longest answer may have.
const answerLimit = 4 << 10

// quiet drops what [http.Server] says of clients that went away.
func quiet() *log.Logger { return log.New(io.Discard, "", 0) }

func (p *Page) routes() http.Handler {
	inside := http.NewServeMux()
	inside.HandleFunc("GET /{$}", p.home)
	inside.Handle("GET /static/", http.FileServerFS(static))
	inside.HandleFunc("GET /events", p.events)
	inside.HandleFunc("GET /gate/{id}/picture", p.picture)
	inside.HandleFunc("GET /gate/{id}/live", p.live)
	inside.HandleFunc("POST /gate/{id}/answer", p.answer)
	inside.HandleFunc("POST /gate/{id}/front", p.front)
	room := "/" + p.door.room
	within := http.StripPrefix(room, inside)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		headers(w.Header())
		r.Body = http.MaxBytesReader(w, r.Body, answerLimit)
		switch {
		case !slices.Contains(p.door.ours(), r.Host):
			p.refuse(w, http.StatusMisdirectedRequest)
		case r.Method == http.MethodGet && r.URL.Path == "/" && r.URL.Query().Has("token"):
			p.enter(w, r)
		case !p.door.knows(r) || !strings.HasPrefix(r.URL.Path, room+"/"):
			p.refuse(w, http.StatusForbidden)
		case r.Method == http.MethodGet && !readable(r), r.Method != http.MethodGet && !samePage(r):
			p.refuse(w, http.StatusForbidden)
		default:
			within.ServeHTTP(w, r)
		}
	})
}

// enter changes a link for a cookie. The browser is sent on by the page, not by
// a redirect: a cookie that is SameSite=Strict (RFC 6265bis) does not go along
// where the link was followed from elsewhere.
func (p *Page) enter(w http.ResponseWriter, r *http.Request) {
	cookie, ok := p.door.exchange(r.URL.Query().Get("token"))
	if !ok {
		p.refuse(w, http.StatusForbidden)
		return
	}
	http.SetCookie(w, cookie)
	p.render(w, http.StatusOK, "enter.html", map[string]any{"URL": cookie.Path})
}

// refuse says nothing of why: who guesses learns nothing.
func (p *Page) refuse(w http.ResponseWriter, status int) {
	p.render(w, status, "refused.html", nil)
}

func (p *Page) home(w http.ResponseWriter, r *http.Request) {
	p.render(w, http.StatusOK, "page.html", p.view(p.board.look(), result(r.URL.Query().Get("said"))))
}

func (p *Page) render(w http.ResponseWriter, status int, name string, data any) {
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.WriteHeader(status)
	if err := p.looks.ExecuteTemplate(w, name, data); err != nil {
		p.log.Debug().Str("template", name).Msg("page not sent whole")
	}
}

// picture sends the gate's picture, and no other file.
func (p *Page) picture(w http.ResponseWriter, r *http.Request) {
	types := map[string]string{".png": "image/png", ".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".webp": "image/webp"}
	m := p.board.find(r.PathValue("id"))
	if m == nil || types[filepath.Ext(m.gate.Picture)] == "" {
		http.NotFound(w, r)
		return
	}
	f, err := os.Open(m.gate.Picture)
	if err != nil {
		http.NotFound(w, r)
		return
	}
	defer func() { _ = f.Close() }()
	if is, err := f.Stat(); err != nil || !is.Mode().IsRegular() {
		http.NotFound(w, r)
		return
	}
	w.Header().Set("Content-Type", types[filepath.Ext(m.gate.Picture)])
	http.ServeContent(w, r, "", time.Time{}, f)
}

// result is how an answer was taken, as it stands in the page's address where
// there is no script.
type result string

const (
	heard    result = "heard"
	late     result = "late"
	fronted  result = "front"
	misread  result = "misread"
	noCode   result = "no-code"
	noOption result = "no-option"
	noWindow result = "no-window"
)

func (s result) text() words.Text {
	switch s {
	case heard:
		return words.T("Your answer was taken.")
	case late:
		return words.T("Too late: this was settled before, by someone else, by the page itself or because the time was over. Your answer was not used.")
	case misread:
		return words.T("That is not an answer to this question. Nothing was done.")
	case noCode:
		return words.T("Type the code first.")
	case noOption:
		return words.T("Choose one of the answers first.")
	case fronted:
		return words.T("The window is in front.")
	case noWindow:
		return words.T("The window could not be brought to the front. Look for it among your windows.")
	case "":
		return words.Text{}
	}
	return words.Text{} // of an address that somebody typed
}

// say tells how an answer was taken: to the page's script, or by the page.
func (p *Page) say(w http.ResponseWriter, r *http.Request, what result) {
	if r.Header.Get("Accept") == "application/json" {
		w.Header().Set("Content-Type", "application/json")
		said := map[string]any{"said": what.text().In(p.lang), "settled": what == heard || what == late}
		_ = json.NewEncoder(w).Encode(said)
		return
	}
	http.Redirect(w, r, "/"+p.door.room+"/?said="+string(what), http.StatusSeeOther) //nolint:gosec // a path of ours and a word of ours
}

// answer returns the lease of a gate with what the person answered, and waits
// until the gate is gone, so that the page they see next no longer has it.
func (p *Page) answer(w http.ResponseWriter, r *http.Request) {
	m := p.board.find(r.PathValue("id"))
	if m == nil {
		p.say(w, r, late)
		return
	}
	a, wrong := understand(m.gate, r)
	if wrong != "" {
		p.say(w, r, wrong)
		return
	}
	if m.lease.Take() != nil || m.lease.Return(a) != nil {
		p.say(w, r, late)
		return
	}
	select {
	case <-m.gone:
	case <-r.Context().Done():
	}
	p.log.Info().Str("account", m.gate.Account).Str("gate", string(m.gate.Kind)).Str("verb", string(a.Verb)).Msg("answered on the page")
	p.say(w, r, heard)
}

// front brings the window of a gate's page before the others.
func (p *Page) front(w http.ResponseWriter, r *http.Request) {
	m := p.board.find(r.PathValue("id"))
	switch {
	case m == nil || m.lease.Take() != nil:
		p.say(w, r, late)
	case !m.gate.Window || m.gate.Screen == nil || m.gate.Screen.Front(r.Context()) != nil:
		p.say(w, r, noWindow)
	default:
		p.say(w, r, fronted)
	}
}

// events streams the page's state, whole, whenever it changes (server-sent
// events, WHATWG HTML 9.2): a page that missed some is right with the next.
func (p *Page) events(w http.ResponseWriter, r *http.Request) {
	control := http.NewResponseController(w)
	_ = control.SetReadDeadline(time.Time{})
	w.Header().Set("Content-Type", "text/event-stream")
	alive := time.NewTicker(15 * time.Second)
	defer alive.Stop()
	for {
		now := p.board.look()
		b, err := json.Marshal(p.state(now))
		if err != nil {
			p.log.Error().Err(err).Msg("page's state not told")
			return
		}
		line := "event: state\ndata: " + string(b) + "\n\n"
		for waiting := true; waiting; {
			_ = control.SetWriteDeadline(time.Now().Add(20 * time.Second))
			if _, err := io.WriteString(w, line); err != nil || control.Flush() != nil {
				return
			}
			select {
			case <-r.Context().Done():
				return
			case <-now.news:
				waiting = false
			case <-alive.C:
				line = ": alive\n\n"
			}
		}
	}
}
