package dev.idem.service.adminport;

import dev.idem.service.address.AddressLiteral;
import java.net.InetAddress;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The address of the admin port. Immutable.
 *
 * @param scheme http or https
 * @param bound the address that it is bound to; 0.0.0.0 and its like stand for all addresses of the machine
 * @param port the port that it is bound to
 * @param base the beginning of all its paths, with a slash at the end
 * @param names by which it is known, in lower case
 */
public record AdminAddress(String scheme, InetAddress bound, int port, String base, List<String> names) {
    private static final String LOCALHOST = "localhost";

    /** The console's address for a user on this machine. */
    public URI console() {
        return console(bound.isAnyLocalAddress() ? LOCALHOST : AddressLiteral.inUri(bound));
    }

    /**
     * The console's address for a browser that has asked another port of the service. A client can only choose among
     * hosts that are known to be the service's own, so no client is redirected to another server.
     *
     * @param asked the host that the client has asked for
     * @param local the address of this machine that the client has reached
     * @return empty if no known address would lead this client there
     */
    public Optional<URI> consoleFor(String asked, String local) {
        return host(asked.toLowerCase(Locale.ROOT), local).map(this::console);
    }

    private Optional<String> host(String asked, String local) {
        Optional<InetAddress> literal = AddressLiteral.read(asked);
        boolean isOfThisMachine = asked.equals(LOCALHOST)
                || literal.filter(InetAddress::isLoopbackAddress).isPresent();
        if (bound.isAnyLocalAddress()) {
            boolean isKnown = isOfThisMachine
                    || names.contains(asked)
                    || (literal.isPresent() && literal.equals(AddressLiteral.read(local)));
            return isKnown ? Optional.of(literal.map(AddressLiteral::inUri).orElse(asked)) : Optional.empty();
        }
        if (bound.isLoopbackAddress()) {
            return Optional.of(asked.equals(LOCALHOST) ? asked : AddressLiteral.inUri(bound))
                    .filter(host -> isOfThisMachine);
        }
        if (names.contains(asked)) {
            return Optional.of(asked);
        }
        boolean isKnown = isOfThisMachine || literal.filter(bound::equals).isPresent();
        return Optional.of(AddressLiteral.inUri(bound))
                .filter(host -> isKnown); // no client from outside learns an address of ours
    }

    private URI console(String host) {
        return URI.create(scheme + "://" + host + ':' + port + base + "console");
    }
}
