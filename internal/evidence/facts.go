package evidence

import (
	"bytes"
	"encoding/json"
	"time"

	"opposer/internal/journal"
)

// Facts are what was seen of an attempt, without any value of the person's.
type Facts struct {
	Account   string          `json:"account"`
	Service   string          `json:"service"`
	Run       string          `json:"run"`
	Browser   string          `json:"browser,omitempty"` // as it names itself: "Chrome/156.0.8078.79"
	Route     string          `json:"route,omitempty"`
	Origin    string          `json:"origin,omitempty"`    // of the form
	Signature string          `json:"signature,omitempty"` // of the form that was sent
	State     journal.State   `json:"state"`
	Verdict   journal.Verdict `json:"verdict,omitempty"`
	Sentence  string          `json:"sentence,omitempty"`  // of the page, masked
	Reference string          `json:"reference,omitempty"` // the service's number for it
	Cause     string          `json:"cause,omitempty"`     // why it stopped, as the journal keeps it
	Exchanges []Exchange      `json:"exchanges,omitempty"`
	Refused   []Refusal       `json:"refused,omitempty"`
	Dialogs   []string        `json:"dialogs,omitempty"` // texts of native dialogs, masked
}

// Exchange is one request and its answer as seen on the wire, without bodies.
type Exchange struct {
	Method   string    `json:"method"`
	Origin   string    `json:"origin"`
	Path     string    `json:"path"`
	Status   int       `json:"status,omitempty"` // HTTP; 0 when no answer came
	Error    string    `json:"error,omitempty"`  // of Chrome: "net::ERR_CONNECTION_RESET"
	Send     string    `json:"send,omitempty"`   // the profile's name of the send this was
	Repeats  int       `json:"repeats,omitempty"`
	Started  time.Time `json:"started,omitzero"`
	Finished time.Time `json:"finished,omitzero"`
}

// Refusal is a request that was failed before it left, and why.
type Refusal struct {
	Method string `json:"method"`
	Origin string `json:"origin"`
	Path   string `json:"path,omitempty"`
	Why    string `json:"why"`
}

// maskedJSON encodes v with every string masked. Times stay: a date is not a
// telephone number, though it may look like one.
func maskedJSON(v any, mask func(string) string) ([]byte, error) {
	plain, err := json.Marshal(v)
	if err != nil {
		return nil, err
	}
	if mask != nil {
		decoder := json.NewDecoder(bytes.NewReader(plain))
		decoder.UseNumber() // numbers keep their digits
		var tree any
		if err := decoder.Decode(&tree); err != nil {
			return nil, err
		}
		if plain, err = json.Marshal(maskTree(tree, mask)); err != nil {
			return nil, err
		}
	}
	var out bytes.Buffer
	if err := json.Indent(&out, plain, "", "  "); err != nil {
		return nil, err
	}
	out.WriteByte('\n')
	return out.Bytes(), nil
}

func maskTree(v any, mask func(string) string) any {
	switch v := v.(type) {
	case string:
		if _, err := time.Parse(time.RFC3339Nano, v); err == nil {
			return v
		}
		return mask(v)
	case []any:
		for i := range v {
			v[i] = maskTree(v[i], mask)
		}
		return v
	case map[string]any:
		// Keys too: a page chooses some of them.
		out := make(map[string]any, len(v))
		for k, e := range v {
			out[mask(k)] = maskTree(e, mask)
		}
		return out
	default:
		return v
	}
}
