package chrome

import (
	"context"
	"fmt"

	"github.com/go-rod/rod/lib/proto"
)

// Jar are the cookies of a context, to be carried into another one. They are
// as good as a login: a Jar prints as their number, in every format.
type Jar struct{ cookies []*proto.NetworkCookieParam }

// String tells how many there are.
func (j Jar) String() string { return fmt.Sprintf("%d cookies", len(j.cookies)) }

// Format prints that with every verb.
func (j Jar) Format(f fmt.State, _ rune) { _, _ = f.Write([]byte(j.String())) }

// MarshalText gives that to encoders.
func (j Jar) MarshalText() ([]byte, error) { return []byte(j.String()), nil }

// Cookies are those that the context has now (CDP Storage.getCookies).
func (c *Context) Cookies(ctx context.Context) (Jar, error) {
	got, err := proto.StorageGetCookies{BrowserContextID: c.id}.Call(c.browser.root.with(ctx))
	if err != nil {
		return Jar{}, fmt.Errorf("reading the cookies: %w", err)
	}
	var j Jar
	for _, k := range got.Cookies {
		p := &proto.NetworkCookieParam{
			Name: k.Name, Value: k.Value, Domain: k.Domain, Path: k.Path, Secure: k.Secure, HTTPOnly: k.HTTPOnly,
			SameSite: k.SameSite, Priority: k.Priority, SourceScheme: k.SourceScheme, PartitionKey: k.PartitionKey,
		}
		if k.SourcePort > 0 {
			p.SourcePort = &k.SourcePort
		}
		if !k.Session {
			p.Expires = k.Expires
		}
		j.cookies = append(j.cookies, p)
	}
	return j, nil
}

// SetCookies puts a jar's cookies into the context; what is there under the
// same name, domain and path is replaced.
func (c *Context) SetCookies(ctx context.Context, j Jar) error {
	if len(j.cookies) == 0 {
		return nil
	}
	err := proto.StorageSetCookies{Cookies: j.cookies, BrowserContextID: c.id}.Call(c.browser.root.with(ctx))
	if err != nil {
		return fmt.Errorf("carrying cookies over: %w", err)
	}
	return nil
}
