package dev.idem.gateway.upstream;

import org.eclipse.jetty.client.ProtocolHandler;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.client.Response;
import org.eclipse.jetty.client.transport.HttpConversation;
import org.eclipse.jetty.client.transport.HttpExchange;
import org.eclipse.jetty.client.transport.HttpRequest;
import org.eclipse.jetty.http.HttpStatus;

/**
 * Accepts every interim response, known or not, any number of times, and waits for the final one (RFC 9110, section
 * 15.2). Jetty's own handlers accept each known one once; after any other its client waits without end. Not for 101,
 * because no request asks for it. Thread-safe.
 */
final class InterimResponses implements ProtocolHandler {
    private final Response.Listener taking = new Taking();

    @Override
    public String getName() {
        return "interim";
    }

    @Override
    public boolean accept(Request request, Response response) {
        return HttpStatus.isInterim(response.getStatus());
    }

    @Override
    public Response.Listener getResponseListener() {
        return taking;
    }

    private static final class Taking implements Response.Listener {
        @Override
        public void onSuccess(Response response) {
            HttpExchange exchange = handBack(response).getExchanges().peekLast();
            if (exchange != null) {
                exchange.resetResponse();
            }
        }

        @Override
        public void onFailure(Response response, Throwable failure) {
            var unused = handBack(response);
        }

        /** What follows is for the listener of the request. */
        private static HttpConversation handBack(Response response) {
            HttpConversation conversation = ((HttpRequest) response.getRequest()).getConversation();
            conversation.updateResponseListeners(null);
            return conversation;
        }
    }
}
