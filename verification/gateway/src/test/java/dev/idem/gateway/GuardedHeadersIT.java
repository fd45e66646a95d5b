package dev.idem.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.idem.embedded.junit.ServersExtension;
import dev.idem.embedded.junit.TestDatabase;
import dev.idem.embedded.junit.TestRedis;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a route goes by reaches the upstream as the route has seen it, and nothing that looks like it does. */
@ExtendWith(ServersExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class GuardedHeadersIT {
    private static final String BODY = "{}";

    private final Upstream upstream = new Upstream();
    private final GatewayService gateway;

    GuardedHeadersIT(TestRedis redis, TestDatabase database) throws Exception {
        gateway = new GatewayService(redis, database, """
                - prefix: /orders
                  upstream: "%s"
                  scope: X-Tenant
                  trustForwarded: true
                  upstreamKeyHeader: PayPal-Request-Id
                  policy: { keyHeader: X-Request-Key, fingerprint: { headers: [X-Branch] } }
                """.formatted(upstream.url()));
    }

    @AfterAll
    void close() throws Exception {
        gateway.close();
        upstream.close();
    }

    private static String request(String method, String connection, String more) {
        return method + " /orders HTTP/1.1\r\nHost: shop\r\nX-Tenant: ann\r\nX-Request-Key: " + UUID.randomUUID()
                + "\r\nX-Branch: 1\r\nCookie: a=b\r\nAuthorization: Bearer ann\r\nConnection: " + connection + "\r\n"
                + more + "Content-Type: application/json\r\nContent-Length: " + BODY.length() + "\r\n\r\n" + BODY;
    }

    private String answer(String request) throws Exception {
        try (RawConnection connection = new RawConnection(gateway.port())) {
            return connection.send(request).end().untilItsEnd();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "X-Tenant",
                "x-tenant",
                "close, X-TENANT",
                "X-Request-Key",
                "Idempotency-Key",
                "PayPal-Request-Id",
                "X-Branch",
                "Authorization",
                "Cookie",
                "Host",
                "Content-Length",
                "Content-Type",
                "Content-Encoding",
                "Content-MD5",
                "Transfer-Encoding",
                "Forwarded",
                "X-Forwarded-For",
                "X-Forwarded-Anything",
                "\"X-Tenant\"",
                "close,,Cookie"
            })
    void whatARouteGoesByCannotBeTakenOff(String nominated) throws Exception {
        int before = upstream.asked().size();

        for (String method : new String[] {"POST", "GET"}) {
            assertThat(answer(request(method, nominated, "")))
                    .startsWith("HTTP/1.1 400 ")
                    .contains("application/problem+json", "/problems/invalid-request", "Connection must not name");
        }
        assertThat(upstream.asked()).hasSize(before);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "close",
                "close, X-Hop",
                "keep-alive, close",
                "close, TE",
                "close, HTTP2-Settings",
                "close, X-Tenants"
            })
    void whatBelongsToTheConnectionStays(String nominated) throws Exception {
        assertThat(answer(request("POST", nominated, "X-Hop: 1\r\nTE: trailers\r\n")))
                .startsWith("HTTP/1.1 201 ");

        assertThat(upstream.lastAsked().header("X-Tenant")).isEqualTo("ann");
        assertThat(upstream.lastAsked().header("TE")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "X_Tenant",
                "x_tenant",
                "X.Tenant",
                "X_Request_Key",
                "X_Request-Key",
                "Idempotency_Key",
                "Idempotency_Attempt",
                "PayPal_Request_Id",
                "X_Branch",
                "Content_Length",
                "Content_Type",
                "Transfer_Encoding",
                "Keep_Alive",
                "X_Forwarded_For",
                "X-Forwarded_For",
                "X_Forwarded_Proto",
                "X_Forwarded_Host",
                "X_Real_IP",
                "X~Real~IP"
            })
    void whatOnlyLooksLikeItIsLeftOut(String name) throws Exception {
        for (String method : new String[] {"POST", "GET"}) {
            assertThat(answer(request(method, "close", name + ": bob\r\nX_Other: kept\r\n")))
                    .startsWith("HTTP/1.1 201 ");

            assertThat(upstream.lastAsked().header(name)).isEmpty();
            assertThat(upstream.lastAsked().header("X_Other")).isEqualTo("kept");
            assertThat(upstream.lastAsked().header("X-Tenant")).isEqualTo("ann");
        }
    }

    @Test
    void aRefusedRequestsBodyIsNoRequest() throws Exception {
        int before = upstream.asked().size();
        String hidden = "GET /orders/hidden HTTP/1.1\r\nHost: shop\r\nConnection: close\r\n\r\n";
        String head = "POST /orders HTTP/1.1\r\nHost: shop\r\nConnection: Cookie\r\nContent-Length: ";

        String whole = answer(head + hidden.length() + "\r\n\r\n" + hidden);
        String half = answer(head + (hidden.length() + 1) + "\r\n\r\n" + hidden);

        assertThat(whole.split("HTTP/1.1 ", -1)).hasSize(2);
        assertThat(half.split("HTTP/1.1 ", -1)).hasSize(2);
        assertThat(upstream.asked()).hasSize(before);
    }
}
