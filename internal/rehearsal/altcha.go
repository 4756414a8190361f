package rehearsal

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"math/big"
	"net/http"
	"slices"
	"strings"
	"time"
)

// workParameters are what a browser has to work out (npm altcha, version 3): the
// counter whose derived key begins with the prefix.
type workParameters struct {
	Algorithm string `json:"algorithm"`
	Cost      int    `json:"cost"`
	Expires   int64  `json:"expiresAt"` // seconds since 1970
	KeyLength int    `json:"keyLength"` // bytes
	KeyPrefix string `json:"keyPrefix"` // hex
	Nonce     string `json:"nonce"`     // hex
	Salt      string `json:"salt"`      // hex
}

type workChallenge struct {
	Parameters workParameters `json:"parameters"`
	Signature  string         `json:"signature"`
}

// workProof is what the widget puts into the form, as JSON in base64.
type workProof struct {
	Challenge workChallenge `json:"challenge"`
	Solution  struct {
		Counter    uint32 `json:"counter"`
		DerivedKey string `json:"derivedKey"`
	} `json:"solution"`
}

// How many keys a browser has to derive: enough to be work, few enough for a
// test.
const (
	workLeast = 500
	workSpan  = 1500
)

// work signs what it asks for, so that it need not remember it.
type work struct{ secret []byte }

func newWork() work { return work{[]byte(rand.Text())} }

// challenge asks for one piece of work, until an hour from now.
func (w work) challenge(now time.Time) (workChallenge, error) {
	number, err := rand.Int(rand.Reader, big.NewInt(workSpan))
	if err != nil {
		return workChallenge{}, err
	}
	var salt, nonce [16]byte
	_, _ = rand.Read(salt[:]) // never fails (crypto/rand)
	_, _ = rand.Read(nonce[:])
	p := workParameters{
		Algorithm: "SHA-256", Cost: 1, Expires: now.Add(time.Hour).Unix(), KeyLength: sha256.Size,
		Nonce: hex.EncodeToString(nonce[:]), Salt: hex.EncodeToString(salt[:]),
		KeyPrefix: hex.EncodeToString(derived(salt[:], nonce[:], uint32(number.Int64())+workLeast)[:sha256.Size/2]),
	}
	return workChallenge{p, w.sign(p)}, nil
}

// derived is the key of one counter, as the widget derives it with SHA-256.
func derived(salt, nonce []byte, number uint32) []byte {
	sum := sha256.Sum256(binary.BigEndian.AppendUint32(slices.Concat(salt, nonce), number))
	return sum[:]
}

func (w work) sign(p workParameters) string {
	// Numbers and strings cannot fail to encode.
	text, _ := json.Marshal(p)
	mac := hmac.New(sha256.New, w.secret)
	_, _ = mac.Write(text)
	return hex.EncodeToString(mac.Sum(nil))
}

// proven says whether the work was done that was asked for here, and gives the
// signature by which it is told from other work.
func (w work) proven(payload string, now time.Time) (signature string, ok bool) {
	raw, err := base64.StdEncoding.DecodeString(payload)
	if err != nil {
		return "", false
	}
	var told workProof
	if json.Unmarshal(raw, &told) != nil {
		return "", false
	}
	p := told.Challenge.Parameters
	if !hmac.Equal([]byte(w.sign(p)), []byte(told.Challenge.Signature)) || now.Unix() > p.Expires {
		return "", false
	}
	salt, err := hex.DecodeString(p.Salt)
	if err != nil {
		return "", false
	}
	nonce, err := hex.DecodeString(p.Nonce)
	if err != nil {
		return "", false
	}
	key := hex.EncodeToString(derived(salt, nonce, told.Solution.Counter))
	return told.Challenge.Signature, key == told.Solution.DerivedKey && strings.HasPrefix(key, p.KeyPrefix)
}

// altchaChallenge is what the widget fetches when its box is ticked.
func (s *Site) altchaChallenge(w http.ResponseWriter, _ *http.Request) {
	asked, err := s.work.challenge(time.Now())
	if err != nil {
		http.Error(w, "drawing a challenge: "+err.Error(), http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	w.Header().Set("Cache-Control", "no-store")
	_ = json.NewEncoder(w).Encode(asked) // the browser has gone
}

// altchaWorker is the script that works. A worker comes from the page's own
// origin only (HTML, "run a worker").
func altchaWorker(w http.ResponseWriter, r *http.Request) {
	http.ServeFileFS(w, r, web, "web/static/altcha.sha.js")
}

// human says whether the scenario's check was passed, if there is one. What was
// proven counts once.
func (s *Site) human(r *http.Request) bool {
	switch s.traits.captcha {
	case captchaNone:
		return true
	case captchaALTCHA:
		signature, ok := s.work.proven(r.PostForm.Get("altcha"), time.Now())
		if !ok || !s.views.first(signature) {
			return false
		}
		s.ledger.count(func(c *Counts) { c.CaptchaProven++ })
		return true
	default:
		return s.views.isSolved(r.PostForm.Get("captcha_response"))
	}
}
