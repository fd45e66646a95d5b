package dev.idem.service.address;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The addresses that proxies name.
 *
 * @param fromTheLast the nearest one first, since each proxy appends its client; empty entries for values that are no
 *     address
 */
record ForwardingChain(List<Optional<InetAddress>> fromTheLast) {
    /** An address with an optional port (RFC 7239, section 6); proxies write it in both headers. */
    private static final Pattern NODE =
            Pattern.compile("([0-9.]+|\\[[0-9A-Fa-f:.]+])(?::[0-9A-Za-z._-]+)?|([0-9A-Fa-f:.]+)");

    /**
     * A pair of RFC 7239, section 4, with its separator. Backslashes are rejected, since no real value has one. A quote
     * that a client leaves open would swallow what a proxy appends, so the whole header must parse.
     */
    private static final Pattern PAIR = Pattern.compile(
            "\\G[ \\t]*([!#$%&'*+.^_`|~0-9A-Za-z-]+)=(?:\"([^\"\\\\]*+)\"|([^\\s\",;=]*+))[ \\t]*(;|,|$)");

    ForwardingChain {
        fromTheLast = List.copyOf(fromTheLast);
    }

    /**
     * Parses {@code X-Forwarded-For}.
     *
     * @return empty if there is none
     */
    static Optional<ForwardingChain> ofForwardedFor(List<String> values) {
        return ofNodes(Arrays.stream(String.join(",", values).split(",", -1))
                .map(String::strip)
                .filter(node -> !node.isEmpty())
                .toList());
    }

    /**
     * Parses {@code Forwarded} (RFC 7239).
     *
     * @return empty if there is none; a chain without addresses if it is malformed
     */
    static Optional<ForwardingChain> ofForwarded(List<String> values) {
        String all = String.join(",", values);
        List<String> nodes = new ArrayList<>();
        Matcher pair = PAIR.matcher(all);
        String node = "";
        int end = 0;
        while (end < all.length() && pair.find()) {
            if (pair.group(1).equalsIgnoreCase("for")) {
                node = pair.group(2) == null ? pair.group(3) : pair.group(2);
            }
            if (!pair.group(4).equals(";")) {
                nodes.add(node);
                node = "";
            }
            end = pair.end();
        }
        return end < all.length() ? Optional.of(new ForwardingChain(List.of(Optional.empty()))) : ofNodes(nodes);
    }

    private static Optional<ForwardingChain> ofNodes(List<String> nodes) {
        List<Optional<InetAddress>> addresses = new ArrayList<>();
        for (int i = nodes.size() - 1; i >= 0; i--) {
            addresses.add(addressOf(nodes.get(i)));
        }
        return nodes.isEmpty() ? Optional.empty() : Optional.of(new ForwardingChain(addresses));
    }

    private static Optional<InetAddress> addressOf(String node) {
        Matcher matcher = NODE.matcher(node);
        return matcher.matches()
                ? AddressLiteral.read(matcher.group(1) == null ? matcher.group(2) : matcher.group(1))
                : Optional.empty();
    }
}
