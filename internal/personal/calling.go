package personal

import (
	"strconv"

	"github.com/nyaruka/phonenumbers"
)

// callingCode is the country code (ITU-T E.164, 1 to 3 digits) that a number
// given by its digits begins with; its first two digits where none is known.
func callingCode(digits string) string {
	codes := phonenumbers.GetSupportedCallingCodes()
	for n := 1; n <= 3 && n < len(digits); n++ {
		if code, err := strconv.Atoi(digits[:n]); err == nil && codes[code] {
			return digits[:n]
		}
	}
	return digits[:2]
}
