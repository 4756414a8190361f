package supervise

import (
	"net/http"
	"net/http/httptest"
	"os"
	"testing"

	"opposer/internal/chrome"
	"opposer/internal/gate"
	"opposer/internal/words"
)

// TestARealPageIsActedOn: two real browsers. What a person does in the view, in
// the one, is what a site receives from the other.
func TestARealPageIsActedOn(t *testing.T) {
	p, _ := open(t, words.English)
	h := come(t, p)
	sent := make(chan string, 1)
	site := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/html")
		if r.URL.Path == "/sent" {
			sent <- r.URL.Query().Get("a") + "|" + r.URL.Query().Get("b")
		}
		_, _ = w.Write([]byte(`<!doctype html><meta charset=utf-8><title>x</title><body style="margin:0"><form action=/sent>
			<input name=a style="position:fixed;left:100px;top:100px;width:200px;height:40px"><input name=b style="position:fixed;left:100px;top:200px;width:200px;height:40px">
			<button style="position:fixed;left:100px;top:300px;width:200px;height:40px" onclick="return confirm('Send it?')">Send</button></form>`))
	}))
	defer site.Close()
	b, err := chrome.Start(deadline(t), chrome.Options{Bin: secondBin, NoSandbox: os.Geteuid() == 0})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = b.Close(deadline(t)) }()
	c, err := b.NewContext(deadline(t), chrome.ContextOptions{})
	if err != nil {
		t.Fatal(err)
	}
	tab, err := c.NewTab(deadline(t), chrome.Guard{Type: []string{site.URL}})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := tab.Navigate(deadline(t), site.URL+"/"); err != nil {
		t.Fatal(err)
	}
	g := asked(gate.Login)
	g.Screen = tab.Screen()
	m := meet(t, p, g)
	tab.Lend(m.lease)
	h.click("[data-open]")
	h.until("document.querySelector('canvas').dataset.size")
	h.drives()
	size := h.get("document.querySelector('canvas').dataset.size.split('x').map(Number)").([]any)
	clicks := func(x, y float64) {
		x, y = h.at("canvas", x/size[0].(float64), y/size[1].(float64))
		h.clickAt(x, y)
	}
	clicks(200, 120)
	// Typed, pasted, and on to the next field as somebody goes on.
	h.press("M", "a", "r", "7", "Tab")
	h.get(`(() => { const d = new DataTransfer(); d.setData("text/plain", "é日"); document.activeElement.dispatchEvent(new ClipboardEvent("paste", { clipboardData: d, bubbles: true, cancelable: true })) })()`)
	clicks(200, 320)
	h.until("document.querySelector('#ask').open")
	h.sees("Send it?")
	h.click("#ask-yes")
	select {
	case got := <-sent:
		if got != "Mar7|é日" {
			t.Error(got)
		}
	case <-deadline(t).Done():
		t.Fatal("nothing was sent")
	}
	h.click("button[value=done]")
	m.answer()
}
