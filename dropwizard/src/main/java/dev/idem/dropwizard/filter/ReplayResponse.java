package dev.idem.dropwizard.filter;

import dev.idem.core.record.RecordedResponse;
import dev.idem.core.record.RecordedResponse.Header;
import dev.idem.http.decision.ResponseContract;
import jakarta.ws.rs.core.Response;

/** A stored response as an answer to the present request. */
final class ReplayResponse {
    private ReplayResponse() {}

    static Response of(RecordedResponse stored) {
        Response.ResponseBuilder response = Response.status(stored.status()).header(ResponseContract.REPLAYED, "true");
        for (Header header : stored.headers()) {
            response.header(header.name(), header.value());
        }
        if (stored.storedBody().length() > 0) {
            response.entity(stored.body());
        }
        return response.build();
    }
}
