package dev.idem.service.address;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.jetty.util.InetAddressSet;
import org.jspecify.annotations.Nullable;

/** The proxies whose forwarding headers are trusted. Immutable. */
public final class TrustedProxies {
    /** No proxy is trusted. */
    public static final TrustedProxies NONE = new TrustedProxies(List.of());

    /** An address and the length of its network prefix; a prefix of no bits would match everybody. */
    private static final Pattern NETWORK = Pattern.compile("([^/]+)(?:/([1-9][0-9]{0,2}))?");

    private final InetAddressSet networks = new InetAddressSet();

    private TrustedProxies(List<String> networks) {
        this.networks.addAll(networks);
    }

    /**
     * Parses addresses and networks, separated by commas, such as {@code 10.0.0.0/8,2001:db8::1}.
     *
     * @param written none if null or blank
     * @throws IllegalArgumentException saying what it should be
     */
    public static TrustedProxies parse(@Nullable String written) {
        return written == null || written.isBlank()
                ? NONE
                : new TrustedProxies(Arrays.stream(written.split(",", -1))
                        .map(String::strip)
                        .filter(network -> !network.isEmpty())
                        .map(TrustedProxies::checked)
                        .toList());
    }

    private static String checked(String network) {
        Matcher matcher = NETWORK.matcher(network);
        if (!matcher.matches() || AddressLiteral.read(matcher.group(1)).isEmpty() || !isMasked(network)) {
            throw new IllegalArgumentException("must be addresses and networks, separated by commas, such as"
                    + " 10.0.0.0/8,2001:db8::1, and networks without host bits");
        }
        return network;
    }

    private static boolean isMasked(String network) {
        try {
            return new InetAddressSet().add(network);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** Whether this is the address of a trusted proxy. */
    public boolean contains(InetAddress address) {
        return networks.test(address);
    }
}
