package rehearsal

import (
	"net/http"
	"slices"
	"strings"
)

// mailbox shows the mails, the newest first: all of them, or one address's.
func (s *Site) mailbox(w http.ResponseWriter, r *http.Request) {
	page := s.sheet(r, "mailbox_title")
	page.Cookies, page.Label = false, "Mail"
	to := r.URL.Query().Get("to")
	for _, m := range slices.Backward(s.Mails()) {
		if to == "" || strings.EqualFold(m.To, to) {
			page.Mails = append(page.Mails, m)
		}
	}
	s.show(w, http.StatusOK, "mailbox", page)
}
