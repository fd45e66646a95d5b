package dev.idem.gateway.upstream;

import org.eclipse.jetty.client.ProtocolHandler;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.client.Response;
import org.eclipse.jetty.client.transport.HttpConversation;
import org.eclipse.jetty.client.transport.HttpExchange;
import org.eclipse.jetty.client.transport.HttpRequest;
import org.eclipse.jetty.http.HttpStatus;

/**
 * Takes every interim answer, known or not and as often as it comes, and waits for what follows (RFC 9110, section 15.2). Jetty's own handlers
 * take each that they know once; after any other its client waits for ever. 101 is none: nobody asks for it. Thread-safe.
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

        /** What comes next is for whoever has sent the request. */
        private static HttpConversation handBack(Response response) {
            HttpConversation conversation = ((HttpRequest) response.getRequest()).getConversation();
            conversation.updateResponseListeners(null);
            return conversation;
        }
    }
}
