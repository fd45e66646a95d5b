package dev.idem.service.address;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Pattern;

/** Parses an IP address as people, browsers and proxies write it. Never resolves a name. */
public final class AddressLiteral {
    private static final String OCTET = "(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])";
    private static final Pattern V4 = Pattern.compile(OCTET + "(?:\\." + OCTET + "){3}");

    /**
     * Enough for the JDK to parse the text as an address or reject it (RFC 4291, section 2.2). The JDK would look up
     * anything else as a name.
     */
    private static final Pattern V6 = Pattern.compile("(?=[0-9A-Fa-f:])[0-9A-Fa-f.]*:[0-9A-Fa-f:.]*");

    /** An IPv6 address in brackets that ends in an IPv4 address. */
    private static final int LONGEST = 47;

    private AddressLiteral() {}

    /**
     * Parses an IPv4 address, or an IPv6 address with or without brackets. An IPv4-mapped address becomes the IPv4
     * address. Empty for anything else, such as a name.
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

    /** As it is written in a URI (RFC 3986, section 3.2.2). */
    public static String inUri(InetAddress address) {
        String text = address.getHostAddress();
        return text.indexOf(':') < 0 ? text : '[' + text + ']';
    }
}
