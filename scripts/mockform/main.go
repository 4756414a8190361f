// Command mockform serves a small objection form on the loopback, as someone
// might build it to try a profile of their own: a page with a link, the form
// behind it, an answer with a reference number.
//
//	mockform FILE
//
// It prints its address, and appends a line of JSON to FILE for each form that
// it receives. It ends when its standard input does, so that it never outlives
// the script that started it.
package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"os"
	"sync"
	"time"
)

const home = `<!doctype html><html lang="en"><title>Rowing club: privacy</title>
<h1>Your information</h1>
<p>The club keeps the names and addresses of its members.</p>
<h2>AI and your information</h2>
<p>The club trains a model on what members write to it.</p>
<p>You have the right to <a href="/objection">object</a> to this use.</p>
<footer><a href="/">object to nothing</a></footer></html>`

const form = `<!doctype html><html lang="en"><title>Objection</title>
<h1>Object to the use of your information for AI</h1>
<form method="post" action="/objection">
<p><label>E-mail address <input name="email" type="email" required></label></p>
<p><label>Phone number <input name="phone" type="tel"></label></p>
<p><label>Reason (optional) <textarea name="reason"></textarea></label></p>
<button type="reset">Clear the form</button>
<button>Send objection</button>
</form></html>`

const thanks = `<!doctype html><html lang="en"><title>Objection</title>
<h1>We have received your objection</h1><p>Your reference is ROW-%04d.</p></html>`

// received is what one form held.
type received struct {
	Email  string `json:"email"`
	Phone  string `json:"phone"`
	Reason string `json:"reason"`
}

// ledger writes down each form before it is answered.
type ledger struct {
	mu    sync.Mutex
	to    *json.Encoder
	count int
}

func (l *ledger) take(w http.ResponseWriter, r *http.Request) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.count++
	if err := l.to.Encode(received{r.PostFormValue("email"), r.PostFormValue("phone"), r.PostFormValue("reason")}); err != nil {
		http.Error(w, "the ledger is full", http.StatusInternalServerError)
		return
	}
	page(w, fmt.Sprintf(thanks, l.count))
}

func page(w http.ResponseWriter, html string) {
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	_, _ = io.WriteString(w, html) // a browser that has gone away is no fault of the form
}

func main() {
	log.SetFlags(0)
	if err := serve(os.Args[1:]); err != nil {
		log.Fatal("mockform: ", err)
	}
}

func serve(args []string) error {
	if len(args) != 1 {
		return errors.New("one argument is needed: the file for what is received")
	}
	file, err := os.OpenFile(args[0], os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		return fmt.Errorf("opening the ledger: %w", err)
	}
	listener, err := new(net.ListenConfig).Listen(context.Background(), "tcp4", "127.0.0.1:0")
	if err != nil {
		return fmt.Errorf("listening: %w", err)
	}
	l := &ledger{to: json.NewEncoder(file)}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /{$}", func(w http.ResponseWriter, _ *http.Request) { page(w, home) })
	mux.HandleFunc("GET /objection", func(w http.ResponseWriter, _ *http.Request) { page(w, form) })
	mux.HandleFunc("POST /objection", l.take)
	server := &http.Server{Handler: mux, ReadHeaderTimeout: 10 * time.Second}
	go func() {
		_, _ = io.Copy(io.Discard, os.Stdin)
		_ = server.Close()
	}()
	fmt.Printf("http://%s\n", listener.Addr())
	if err := server.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
		return fmt.Errorf("serving: %w", err)
	}
	return nil
}
