package dev.idem.gateway;

import dev.idem.gateway.exchange.ClientExchange;
import dev.idem.gateway.exchange.GatewayResponses;
import java.nio.ByteBuffer;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** An answer of the application. What it says to browsers is put right as it leaves, since the application may replace what stood there. */
final class CorsResponse extends Response.Wrapper {
    private final ClientExchange client;
    private final GatewayResponses answers;

    CorsResponse(ClientExchange client, GatewayResponses answers) {
        super(client.request(), client.response());
        this.client = client;
        this.answers = answers;
    }

    @Override
    public void write(boolean last, ByteBuffer content, Callback callback) {
        if (!isCommitted()) {
            answers.acrossOrigins(client);
        }
        super.write(last, content, callback);
    }
}
