package dev.idem.service.config;

import io.dropwizard.core.server.DefaultServerFactory;
import io.dropwizard.core.server.ServerFactory;
import io.dropwizard.jetty.ConnectorFactory;
import io.dropwizard.jetty.HttpConnectorFactory;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What routes, the console and the admin port's filter rely on: separate ports, and whole paths. */
final class ServerPorts {
    private ServerPorts() {}

    /** An address of the file, by its key. */
    private record Place(
            String key, String variable, int port, @Nullable String host) {
        boolean meets(Place other) {
            return port != 0 && port == other.port && (isAny() || other.isAny() || isSameHost(other));
        }

        private boolean isAny() {
            return host == null
                    || host.isBlank()
                    || resolved(host).map(InetAddress::isAnyLocalAddress).orElse(false);
        }

        private boolean isSameHost(Place other) {
            String one = String.valueOf(host);
            String two = String.valueOf(other.host);
            return one.equals(two)
                    || resolved(one)
                            .filter(found -> resolved(two).filter(found::equals).isPresent())
                            .isPresent();
        }

        private static Optional<InetAddress> resolved(String host) {
            try {
                return Optional.of(InetAddress.getByName(host));
            } catch (UnknownHostException e) {
                return Optional.empty(); // the connector will report it
            }
        }
    }

    /** @throws IllegalArgumentException naming the keys that contradict each other, and what they should be */
    static void require(ServerFactory server) {
        if (!(server instanceof DefaultServerFactory ports)) {
            throw new IllegalArgumentException(
                    "server.type must be default, with an application port and a separate admin port");
        }
        requireRoot("server.applicationContextPath", ports.getApplicationContextPath());
        requireRoot("server.adminContextPath", ports.getAdminContextPath());
        List<Place> places = new ArrayList<>();
        add(places, "server.applicationConnectors", "PORT", ports.getApplicationConnectors());
        add(places, "server.adminConnectors", "ADMIN_PORT", ports.getAdminConnectors());
        for (int i = 0; i < places.size(); i++) {
            for (Place later : places.subList(i + 1, places.size())) {
                requireApart(places.get(i), later);
            }
        }
    }

    private static void requireRoot(String key, String path) {
        if (!path.equals("/")) {
            throw new IllegalArgumentException(key + " must be /");
        }
    }

    private static void add(List<Place> places, String list, String variable, List<ConnectorFactory> connectors) {
        for (int i = 0; i < connectors.size(); i++) {
            if (connectors.get(i) instanceof HttpConnectorFactory http) {
                places.add(new Place(list + "[" + i + "].port", variable, http.getPort(), http.getBindHost()));
            }
        }
    }

    private static void requireApart(Place one, Place two) {
        if (one.meets(two)) {
            throw new IllegalArgumentException(two.key + " (" + two.variable + ") must differ from " + one.key + " ("
                    + one.variable + "), since both listen at the same address");
        }
    }
}
