// Programs of the Go world against an endpoint: `clients minio|sdk ENDPOINT`. Whatever isn't as it should be ends them.
package main

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"math/rand"
	"net/http"
	"os"
	"slices"
	"strings"
	"time"
)

const part = 5 << 20

var ctx = context.Background()

func main() {
	endpoint, bucket := os.Args[2], fmt.Sprintf("go-%s-%d", os.Args[1], time.Now().UnixNano())
	switch os.Args[1] {
	case "minio":
		tryMinio(endpoint, bucket)
	case "sdk":
		trySdk(endpoint, bucket)
	default:
		fail("minio or sdk", os.Args[1])
	}
	fmt.Println("all is well")
}

func fail(what ...any) {
	fmt.Println(what...)
	os.Exit(1)
}

func check(holds bool, what ...any) {
	if !holds {
		fail(what...)
	}
}

// must gives a call's value, or ends the program with its error.
func must[T any](value T, err error) T {
	if err != nil {
		panic(err)
	}
	return value
}

func done(err error) {
	if err != nil {
		panic(err)
	}
}

func noise(seed int64, size int) []byte {
	bytes := make([]byte, size)
	rand.New(rand.NewSource(seed)).Read(bytes)
	return bytes
}

// send sends what was signed elsewhere, and gives the status and the body.
func send(method, url string, header http.Header, body []byte) (int, []byte) {
	request := must(http.NewRequest(method, url, bytes.NewReader(body)))
	for name, values := range header {
		if !slices.Contains([]string{"host", "content-length"}, strings.ToLower(name)) {
			request.Header[name] = values
		}
	}
	answer := must(http.DefaultClient.Do(request))
	defer answer.Body.Close()
	return answer.StatusCode, must(io.ReadAll(answer.Body))
}
