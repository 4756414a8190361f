package chrome

import (
	"errors"
	"strings"
	"testing"

	"github.com/go-rod/rod/lib/proto"

	"opposer/internal/journal"
)

// ways are all the ways in which a page can send something at a click.
var ways = []struct{ name, script, arrives string }{
	{"form post", `document.forms.f.submit()`, "POST /post mail=marie.curie%40example.org"},
	{"form get", `document.forms.f.method = "get", document.forms.f.submit()`, "GET /post?mail=marie.curie%40example.org"},
	{"multipart form", `document.forms.f.enctype = "multipart/form-data", document.forms.f.submit()`, "POST /post"},
	{"form in a pop-up", `document.forms.f.target = "_blank", document.forms.f.submit()`, "POST /post mail=marie.curie%40example.org"},
	{"form in a frame", `document.forms.f.target = "inner", document.forms.f.submit()`, "POST /post mail=marie.curie%40example.org"},
	{"fetch", `fetch("/post", {method: "POST", body: mail})`, "POST /post " + planted},
	{"fetch of a blob", `fetch("/post", {method: "POST", body: new Blob([mail])})`, "POST /post " + planted},
	{"keepalive fetch", `fetch("/post", {method: "POST", body: mail, keepalive: true})`, "POST /post " + planted},
	{"XHR", `x = new XMLHttpRequest, x.open("POST", "/post"), x.send(mail)`, "POST /post " + planted},
	{"synchronous XHR", `x = new XMLHttpRequest, x.open("POST", "/post", false), x.send(mail)`, "POST /post " + planted},
	{"sendBeacon", `navigator.sendBeacon("/post", mail)`, "POST /post " + planted},
	{"image", `new Image().src = "/post?mail=" + encodeURIComponent(mail)`, "GET /post?mail=marie.curie%40example.org"},
	{"pop-up", `open("/pop")`, "POST /post " + planted},
	{"noopener pop-up", `open("/pop", "_blank", "noopener")`, "POST /post " + planted},
	{"worker", `new Worker("/worker.js")`, "POST /post " + planted},
	{"shared worker", `new SharedWorker("/shared.js")`, "POST /post " + planted},
	{"put", `fetch("/post", {method: "PUT", body: mail})`, "PUT /post " + planted},
}

// sender is a page whose button does what is asked for.
func sender(t testing.TB, script string) *site {
	t.Helper()
	post := `fetch("/post", {method: "POST", body: "` + planted + `"})`
	return newSite(t, map[string]string{
		"/": `<!doctype html><title>Form</title><iframe name=inner></iframe>
			<form id=f name=f method=post action="/post"><input name=mail value="` + planted + `"></form>
			<button id=go>Send</button>
			<script>const mail = "` + planted + `"; go.onclick = () => { ` + script + `; fetch("/marker") }</script>`,
		"/pop":       `<script>` + post + `</script>`,
		"/worker.js": post,
		"/shared.js": `onconnect = () => ` + post,
		"/other":     `<title>Another</title>elsewhere`,
	})
}

func TestNothingLeavesWhileItIsHeld(t *testing.T) {
	t.Parallel()
	for _, way := range ways {
		t.Run(way.name, func(t *testing.T) {
			t.Parallel()
			s := sender(t, way.script)
			tab := visit(t, shared(t, shell), s, "/")
			typeInto(tab)
			k := newClerk(t)
			permit := k.permit()
			held, err := tab.Send(within(t), admit(t, tab), permit, button(t, tab, "go"))
			if err != nil {
				t.Fatal(err, tab.Refused())
			}
			if !held.Carries() {
				t.Error("the held request is not known to carry the value")
			}
			if way.name != "synchronous XHR" { // which stops the page's own scripts
				s.onlyMarker()
			} else if got := s.received(); len(got) > 0 {
				t.Errorf("left: %q", got)
			}
			if err := tab.Release(within(t), held, k.departure(permit, held.Request())); err != nil {
				t.Fatal(err)
			}
			x, err := tab.Answer(within(t), held)
			if err != nil {
				t.Fatal(err)
			}
			if !x.Ours || x.Err != "" || x.Status != 200 || string(x.Body) != "thanks" {
				t.Errorf("answer is %+v", x)
			}
			posts := s.sent()
			if len(posts) != 1 || !strings.HasPrefix(posts[0], way.arrives) {
				t.Errorf("received %q, want %q once", posts, way.arrives)
			}
		})
	}
}

// A form in a frame of another site, which has a process of its own.
func TestASendFromAnotherProcessIsHeldToo(t *testing.T) {
	t.Parallel()
	s := sender(t, `document.forms.f.submit()`)
	s.page("/outer", `<title>Outer</title><iframe src="`+s.local()+`/" width=600 height=300></iframe>`)
	tab := openTab(t, shared(t, full), Guard{Type: []string{s.local()}, Read: []string{s.URL}, Masker: carrier(planted)})
	if _, err := tab.Navigate(within(t), s.URL+"/outer"); err != nil {
		t.Fatal(err)
	}
	p := awaitNode(t, tab, "button", "Send")
	n := named(t, p, "button", "Send")
	if own, _ := tab.frame(proto.PageFrameID(n.Frame)); own.session.id == tab.session.id {
		t.Fatal("the frame is not in a process of its own")
	}
	tab.typed(proto.PageFrameID(n.Frame), proto.NetworkLoaderID(n.Document))
	k := newClerk(t)
	permit := k.permit()
	held, err := tab.Send(within(t), allow(t, p, n), permit, n)
	if err != nil {
		t.Fatal(err, tab.Refused())
	}
	s.onlyMarker()
	if err := tab.Release(within(t), held, k.departure(permit, held.Request())); err != nil {
		t.Fatal(err)
	}
	if x, err := tab.Answer(within(t), held); err != nil || x.Status != 200 || string(x.Body) != "thanks" {
		t.Errorf("answer %+v, %v", x, err)
	}
	if got := s.sent(); len(got) != 1 {
		t.Errorf("received %q, want one", got)
	}
}

func TestSendNeedsItsPermissions(t *testing.T) {
	t.Parallel()
	s := sender(t, `fetch("/post", {method: "POST", body: mail})`)
	tab := visit(t, shared(t, shell), s, "/")
	typeInto(tab)
	node := button(t, tab, "go")
	if _, err := tab.Send(within(t), admit(t, tab), journal.Permit{}, node); !errors.Is(err, ErrNoPermission) {
		t.Errorf("without a permit: %v", err)
	}
	elsewhere := node
	elsewhere.Document = "another"
	k := newClerk(t)
	permit := k.permit()
	if _, err := tab.Send(within(t), admit(t, tab), permit, elsewhere); !errors.Is(err, ErrNoPermission) {
		t.Errorf("to a document that was not admitted: %v", err)
	}
	held, err := tab.Send(within(t), admit(t, tab), permit, node)
	if err != nil {
		t.Fatal(err)
	}
	if err := tab.Release(within(t), held, journal.Departure{}); !errors.Is(err, ErrNoPermission) {
		t.Errorf("let go without a departure: %v", err)
	}
	if _, err := tab.Answer(within(t), held); !errors.Is(err, ErrNoPermission) {
		t.Errorf("answer before the release: %v", err)
	}
	s.onlyMarker()
}
