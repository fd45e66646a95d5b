package dev.idem.service.address;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.jetty.util.InetAddressSet;
import org.jspecify.annotations.Nullable;

/** The proxies that are believed when they say for whom they ask. Immutable. */
public final class TrustedProxies {
    /** None: nobody is believed. */
    public static final TrustedProxies NONE = new TrustedProxies(List.of());

    /** An address, and how many of its first bits make a network; one of no bits would be everybody. */
    private static final Pattern NETWORK = Pattern.compile("([^/]+)(?:/([1-9][0-9]{0,2}))?");

    private final InetAddressSet networks = new InetAddressSet();

    private TrustedProxies(List<String> networks) {
        this.networks.addAll(networks);
    }

    /**
     * Reads addresses and networks with commas between them, such as {@code 10.0.0.0/8,2001:db8::1}.
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
            throw new IllegalArgumentException("must be addresses and networks with commas between them, such as"
                    + " 10.0.0.0/8,2001:db8::1, a network's without bits beyond its own");
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

    /** Whether it is the address of one of them. */
    public boolean contains(InetAddress address) {
        return networks.test(address);
    }
}
