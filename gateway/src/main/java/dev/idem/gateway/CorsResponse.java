package dev.idem.gateway;

import dev.idem.gateway.client.ClientExchange;
import dev.idem.gateway.response.GatewayResponses;
import java.nio.ByteBuffer;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * A response of the application. Its CORS headers are set when it is committed, because the application may replace
 * them before.
 */
final class CorsResponse extends Response.Wrapper {
    private final ClientExchange client;
    private final GatewayResponses responses;

    CorsResponse(ClientExchange client, GatewayResponses responses) {
        super(client.request(), client.response());
        this.client = client;
        this.responses = responses;
    }

    @Override
    public void write(boolean last, ByteBuffer content, Callback callback) {
        if (!isCommitted()) {
            responses.acrossOrigins(client);
        }
        super.write(last, content, callback);
    }
}
