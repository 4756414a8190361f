package journal

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"hash"

	"opposer/internal/personal"
)

// Key names an objection: the service and a keyed hash (HMAC-SHA-256, key in
// the state folder) of the service and the normalised e-mail and phone. A
// renamed account is the same objection; the same account with another e-mail
// is another.
type Key string

// Objection is what must be achieved for one account on one service.
type Objection struct {
	Key     Key    `json:"key"`
	Service string `json:"service"`
	Account string `json:"account"` // the id it had when last attempted
	Email   string `json:"email"`   // masked
	Phone   string `json:"phone"`   // masked
}

// Objection names an account's objection and masks what a person is shown.
func (j *Journal) Objection(a personal.Account) Objection {
	h := j.keyed("objection")
	part(h, a.Service)
	// Without an address or a number there is nothing to normalise, nor to
	// reveal.
	if !a.Email.IsZero() {
		part(h, a.Email.Reveal(personal.ForKeying))
	} else {
		part(h, "")
	}
	if !a.Phone.IsZero() {
		part(h, a.Phone.Reveal(personal.ForKeying))
	} else {
		part(h, "")
	}
	return Objection{
		// Half the hash is 128 bits: no two people meet by chance.
		Key:     Key(a.Service + "-" + hex.EncodeToString(h.Sum(nil)[:16])),
		Service: a.Service,
		Account: a.ID,
		Email:   a.Email.String(),
		Phone:   a.Phone.String(),
	}
}

// keyed begins a hash for one use, so that a body's hash and an objection's
// key can never be compared.
func (j *Journal) keyed(use string) hash.Hash {
	h := hmac.New(sha256.New, j.secret)
	part(h, use)
	return h
}

// part adds a text behind its length: "ab", "c" is not "a", "bc".
func part(h hash.Hash, s string) {
	var n [8]byte
	binary.BigEndian.PutUint64(n[:], uint64(len(s)))
	_, _ = h.Write(n[:]) // hash.Hash never returns an error
	_, _ = h.Write([]byte(s))
}
