package dev.idem.service.gateway.upstream;

import java.net.URI;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.transport.HttpConversation;
import org.eclipse.jetty.client.transport.HttpRequest;
import org.jspecify.annotations.Nullable;

/**
 * A request whose target goes out byte for byte. Jetty's own takes it apart as a URI, and so loses what stands between two
 * slashes at its begin.
 */
final class RawTargetRequest extends HttpRequest {
    private final String target;

    /** @param target path and query as they are to be sent */
    RawTargetRequest(HttpClient client, URI upstream, String target) {
        super(client, new HttpConversation(), upstream);
        this.target = target;
    }

    @Override
    public String getPath() {
        return target;
    }

    @Override
    public @Nullable String getQuery() {
        return null;
    }
}
