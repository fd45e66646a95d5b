package dev.idem.service.address;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads an address as people, browsers and proxies write it. What strangers send never makes it ask a name server. */
public final class AddressLiteral {
    private static final String OCTET = "(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])";
    private static final Pattern V4 = Pattern.compile(OCTET + "(?:\\." + OCTET + "){3}");

    /**
     * As far as is needed for the JDK to see an address in it (RFC 4291, section 2.2), and to say so if it is none. What begins
     * otherwise it asks name servers for.
     */
    private static final Pattern V6 = Pattern.compile("(?=[0-9A-Fa-f:])[0-9A-Fa-f.]*:[0-9A-Fa-f:.]*");

    /** Of an IPv6 address that ends in one of IPv4, with brackets. */
    private static final int LONGEST = 47;

    private AddressLiteral() {}

    /**
     * An IPv4 address, or an IPv6 one with or without brackets; one that stands for IPv4 is that. Empty if it is something
     * else, a name above all.
     */
    public static Optional<InetAddress> read(String text) {
        if (text.length() > LONGEST) {
            return Optional.empty();
        }
        boolean isBracketed = text.startsWith("[") && text.endsWith("]");
        String bare = isBracketed ? text.substring(1, text.length() - 1) : text;
        boolean isOne =
                V6.matcher(bare).matches() || (!isBracketed && V4.matcher(bare).matches());
        try {
            return isOne ? Optional.of(InetAddress.getByName(bare)) : Optional.empty();
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }

    /** As it stands in a URI (RFC 3986, section 3.2.2). */
    public static String inUri(InetAddress address) {
        String text = address.getHostAddress();
        return text.indexOf(':') < 0 ? text : '[' + text + ']';
    }
}
