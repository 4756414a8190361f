package rehearsal

import "strings"

// captchaVendor is whose box stands in the form.
type captchaVendor string

const (
	captchaNone          captchaVendor = "none"
	captchaReCAPTCHA     captchaVendor = "recaptcha"
	captchaHCaptcha      captchaVendor = "hcaptcha"
	captchaTurnstile     captchaVendor = "turnstile"
	captchaArkose        captchaVendor = "arkose"
	captchaFriendly      captchaVendor = "friendly"       // a button in the page itself
	captchaFriendlyFrame captchaVendor = "friendly-frame" // its second version
	captchaALTCHA        captchaVendor = "altcha"         // the real widget, in the page itself
)

// vendor is what a page shows of one maker's box: addresses, names and marks as
// its own script writes them.
type vendor struct {
	Name  captchaVendor
	Host  string // of the frame; "" stands in the page itself
	Path  string
	Title string // the frame's accessible name
	Mark  string // what the box is signed with
	Label string // key of the box's words
	Key   string // the site's public key
	after string // what follows the address's query
}

// vendors are those that are played. Paths and titles are those of the makers'
// scripts in 2026.
func vendors() []vendor {
	return []vendor{
		{
			Name: captchaReCAPTCHA, Host: captchaHost, Path: "/captcha/recaptcha/iframe/", Title: "reCAPTCHA", Mark: "reCAPTCHA",
			Label: "captcha_label",
		},
		{
			Name: captchaHCaptcha, Host: hcaptchaHost, Path: "/captcha/v1/5f3a1c9e7b2d/static/hcaptcha.html",
			Title: "Widget containing checkbox for hCaptcha security challenge", Mark: "hCaptcha", Label: "captcha_human",
			Key: "7c1d2f40-93aa-4e0b-b6d4-1f0a5c3e8b72", after: "#frame=checkbox&id=0x1&host=www.facebook.com",
		},
		{
			Name: captchaTurnstile, Host: turnstileHost,
			Path:  "/cdn-cgi/challenge-platform/h/b/turnstile/f/av0/rch/k3p9x/0x4AAAAAAArehearsal/auto/fbE/new/normal/auto/",
			Title: "Widget containing a Cloudflare security challenge", Mark: "CLOUDFLARE", Label: "captcha_verify",
			Key: "0x4AAAAAAArehearsal",
		},
		{
			Name: captchaArkose, Host: arkoseHost, Path: "/v2/3.8.1/enforcement.2f1c8d.html", Title: "Verification challenge",
			Mark: "Arkose Labs", Label: "captcha_human", Key: "B7D8911C-5CC8-A9A3-35B0-554ACEE604DA",
		},
		{Name: captchaFriendly, Key: "FCMREHEARSAL0001"},
		{
			Name: captchaFriendlyFrame, Host: friendlyHost, Path: "/api/v2/captcha/widget", Mark: "FriendlyCaptcha",
			Label: "captcha_human", Key: "FCMREHEARSAL0002",
		},
		{Name: captchaALTCHA},
	}
}

// vendor is the one of the scenario; nil: there is none.
func (t traits) vendor() *vendor {
	for _, v := range vendors() {
		if v.Name == t.captcha {
			return &v
		}
	}
	return nil
}

// Origin is that of the frame; "" when there is none.
func (v vendor) Origin() string {
	if v.Host == "" {
		return ""
	}
	return "https://" + v.Host
}

// Frame is the address of the frame.
func (v vendor) Frame(locale string) string {
	return v.Origin() + v.Path + "?locale=" + locale + v.after
}

// frameOrigins are where frames in the pages may come from.
func frameOrigins() string {
	origins := []string{"https://" + portalHost}
	for _, v := range vendors() {
		if v.Host != "" {
			origins = append(origins, v.Origin())
		}
	}
	return strings.Join(origins, " ")
}
