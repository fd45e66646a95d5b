package dev.idem.dropwizard.sections;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.idem.core.connect.Credentials;
import dev.idem.dropwizard.pool.StaleConnectionCheck;
import dev.idem.postgres.connect.DatabaseTarget;
import dev.idem.postgres.connect.LibpqLogin;
import dev.idem.postgres.tls.ServerVerification;
import io.dropwizard.db.DataSourceFactory;
import io.dropwizard.util.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The section {@code database} of an application with {@link SectionsBundle}: Dropwizard's own, with defaults under which a request
 * waits seconds at most for a PostgreSQL that is silent. It has one key more, {@code migrate}. Not thread-safe.
 */
public final class DatabaseSection extends DataSourceFactory {
    /** In seconds, as the driver counts them. */
    private static final Map<String, String> TIMEOUTS =
            Map.of("connectTimeout", "2", "socketTimeout", "5", "cancelSignalTimeout", "1", "tcpKeepAlive", "true");

    @JsonProperty
    private boolean migrate;

    public DatabaseSection() {
        setDriverClass("org.postgresql.Driver");
        setInitialSize(0);
        setMinSize(0);
        setMaxSize(32);
        setMaxWaitForConnection(Duration.seconds(1));
        setCheckConnectionOnBorrow(true);
        setValidatorClassName(Optional.of(StaleConnectionCheck.class.getName()));
        setValidationInterval(Duration.seconds(0));
        setMaxConnectionAge(Duration.minutes(1));
    }

    /** Whether a start creates and changes the layer's tables. By default it only checks them. */
    boolean migrates() {
        return migrate;
    }

    /**
     * What the application asked for, with URL, login and timeouts as the driver takes them.
     *
     * @throws IllegalArgumentException naming the setting and what it should be, never a password
     */
    DataSourceFactory completed() {
        String url = getUrl();
        if (url == null || url.isBlank() || !(DatabaseTarget.parse(url) instanceof DatabaseTarget.External server)) {
            throw new IllegalArgumentException(
                    "database.url must be the URL of a PostgreSQL, such as postgres://user:password@127.0.0.1/orders");
        }
        return completedFor(server);
    }

    /** The same for a server that is known. */
    public DataSourceFactory completedFor(DatabaseTarget.External server) {
        setUrl(server.jdbcUrl());
        Credentials login = LibpqLogin.ofProcess().of(server);
        if (getUser() == null && login.user() != null) {
            setUser(login.user());
        }
        if (getPassword() == null && login.password() != null) {
            setPassword(login.password());
        }
        Map<String, String> all = new HashMap<>(TIMEOUTS);
        all.putAll(ServerVerification.parametersFor(server.jdbcUrl()));
        all.putAll(getProperties());
        setProperties(all);
        return this;
    }
}
