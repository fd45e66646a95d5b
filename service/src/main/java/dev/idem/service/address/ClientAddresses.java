package dev.idem.service.address;

import jakarta.servlet.http.HttpServletRequest;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;

/**
 * Finds the address of a request's client: the peer of the connection or, if that is a trusted proxy, the last address
 * before the trusted ones in the proxy's header. Thread-safe.
 */
public final class ClientAddresses {
    private final TrustedProxies proxies;

    public ClientAddresses(TrustedProxies proxies) {
        this.proxies = proxies;
    }

    /** The client's address. */
    public InetAddress of(HttpServletRequest request) {
        InetAddress peer = peer(request);
        return proxies.contains(peer)
                ? behind(peer, values(request, "Forwarded"), values(request, "X-Forwarded-For"))
                : peer;
    }

    /**
     * The client that a trusted proxy names. A proxy writes one of two headers, and may forward the other one, which
     * the client may have written. If they disagree, or cannot be parsed, the proxy's own address counts.
     */
    InetAddress behind(InetAddress proxy, List<String> forwarded, List<String> forwardedFor) {
        Set<InetAddress> named = Stream.of(
                        ForwardingChain.ofForwarded(forwarded), ForwardingChain.ofForwardedFor(forwardedFor))
                .flatMap(Optional::stream)
                .map(chain -> lastBeforeProxies(chain, proxy))
                .collect(Collectors.toSet());
        return named.size() == 1 ? named.iterator().next() : proxy;
    }

    /**
     * If all named addresses are trusted, the nearest one: a client in their network may have written those before it.
     */
    private InetAddress lastBeforeProxies(ForwardingChain chain, InetAddress proxy) {
        List<Optional<InetAddress>> nodes = chain.fromTheLast();
        for (Optional<InetAddress> node : nodes) {
            if (node.isEmpty()) {
                break;
            }
            if (!proxies.contains(node.get())) {
                return node.get();
            }
        }
        return nodes.isEmpty() ? proxy : nodes.get(0).orElse(proxy);
    }

    private static List<String> values(HttpServletRequest request, String header) {
        return Collections.list(request.getHeaders(header));
    }

    /** The connection's own address, before any customizer has replaced it by a client's claim. */
    private static InetAddress peer(HttpServletRequest request) {
        return ServletContextRequest.getServletContextRequest(request)
                                .getConnectionMetaData()
                                .getConnection()
                                .getEndPoint()
                                .getRemoteSocketAddress()
                        instanceof InetSocketAddress socket
                ? socket.getAddress()
                : InetAddress.getLoopbackAddress();
    }
}
