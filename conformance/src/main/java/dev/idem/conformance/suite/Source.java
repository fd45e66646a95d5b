package dev.idem.conformance.suite;

/** Who says what a server should do. */
public enum Source {
    DRAFT("draft-ietf-httpapi-idempotency-key-header-07"),
    RFC_9110("RFC 9110, HTTP Semantics"),
    RFC_9112("RFC 9112, HTTP/1.1"),
    RFC_8941("RFC 8941, Structured Field Values"),
    RFC_9651("RFC 9651, Structured Field Values, which replaces RFC 8941"),
    RFC_9457("RFC 9457, Problem Details"),
    RFC_8259("RFC 8259, JSON"),
    STRIPE("Stripe, API v1: Idempotent requests, Advanced error handling"),
    ADYEN("Adyen: API idempotency"),
    PAYPAL("PayPal: Idempotency, PayPal-Request-Id"),
    SQUARE("Square: Idempotency"),
    AZURE("Azure REST API Guidelines: Repeatability of requests; OASIS Repeatable Requests 1.0; Azure Communication"
            + " Services: Repeatable requests"),
    OWN("this project");

    private final String title;

    Source(String title) {
        this.title = title;
    }

    public String title() {
        return title;
    }
}
