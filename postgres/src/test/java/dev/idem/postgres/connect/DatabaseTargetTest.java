package dev.idem.postgres.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.idem.core.connect.Credentials;
import dev.idem.postgres.connect.DatabaseTarget.External;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DatabaseTargetTest {

    @Test
    void theWordEmbeddedIsACaseOfItsOwn() {
        assertThat(DatabaseTarget.parse("embedded")).isEqualTo(new DatabaseTarget.Embedded());
    }

    @Test
    void aJdbcUrlStaysAsItIs() {
        External target = external("jdbc:postgresql://db_1:5433/idem?sslmode=verify-full&options=-c%20x=y+z");

        assertThat(target.jdbcUrl())
                .isEqualTo("jdbc:postgresql://db_1:5433/idem?sslmode=verify-full&options=-c%20x=y+z");
        assertThat(target.credentials()).isEqualTo(Credentials.NONE);
    }

    @Test
    void aJdbcUrlsUserAndPasswordAreTakenOutOfIt() {
        External target = external("jdbc:postgresql://h/idem?user=app&sslmode=require&password=p%26w");

        assertThat(target.jdbcUrl()).isEqualTo("jdbc:postgresql://h/idem?sslmode=require");
        assertThat(target.credentials()).isEqualTo(new Credentials("app", "p&w"));
    }

    @ParameterizedTest
    @CsvSource({
        "postgres://h/idem,                            jdbc:postgresql://h/idem",
        "postgresql://db_1:5433/idem,                  jdbc:postgresql://db_1:5433/idem",
        "postgres://[::1]:5432/idem,                   jdbc:postgresql://[::1]:5432/idem",
        "postgres://h/idem?sslmode=require,            jdbc:postgresql://h/idem?sslmode=require",
        "postgres://h/idem?connect_timeout=3&application_name=a%20b, jdbc:postgresql://h/idem?connectTimeout=3&ApplicationName=a+b",
        "'postgres://a:1,b:2/idem',                    'jdbc:postgresql://a:1,b:2/idem'",
        "'postgres://a,b/idem?target_session_attrs=read-write', 'jdbc:postgresql://a,b/idem?targetServerType=primary'",
        "postgres://h/idem?target_session_attrs=prefer-standby, jdbc:postgresql://h/idem?targetServerType=preferSecondary",
        "postgres://h/idem?load_balance_hosts=random&keepalives=0, jdbc:postgresql://h/idem?loadBalanceHosts=true&tcpKeepAlive=false",
        "postgres://h/idem?socketTimeout=3&targetServerType=primary, jdbc:postgresql://h/idem?socketTimeout=3&targetServerType=primary",
        "postgres://h/idem?sslrootcert=/ca.pem,        jdbc:postgresql://h/idem?sslrootcert=%2Fca.pem&sslmode=verify-ca",
        "postgres://h/idem?sslmode=require&sslrootcert=/ca.pem, jdbc:postgresql://h/idem?sslmode=verify-ca&sslrootcert=%2Fca.pem",
        "postgres://h/idem?sslmode=verify-full&sslrootcert=/ca.pem, jdbc:postgresql://h/idem?sslmode=verify-full&sslrootcert=%2Fca.pem",
        "postgres://h/idem?sslrootcert=system,         jdbc:postgresql://h/idem?sslfactory=org.postgresql.ssl.DefaultJavaSSLFactory&sslmode=verify-full"
    })
    void aPostgresUrlBecomesAJdbcUrl(String url, String jdbcUrl) {
        assertThat(external(url).jdbcUrl()).isEqualTo(jdbcUrl);
    }

    @Test
    void userInfoIsPercentDecoded() {
        assertThat(external("postgres://app%40corp:p%2Fw+%3F@h/idem").credentials())
                .isEqualTo(new Credentials("app@corp", "p/w+?"));
        assertThat(external("postgres://h/idem?user=app&password=pw").credentials())
                .isEqualTo(new Credentials("app", "pw"));
    }

    @ParameterizedTest
    @CsvSource({
        "jdbc:postgresql://h:5432/idem?user=app&password=hunter2&sslmode=require, jdbc:postgresql://h:5432/idem",
        "postgres://app:hunter2@h/idem?sslmode=require,                           jdbc:postgresql://h/idem"
    })
    void aDescriptionHasNoPassword(String url, String description) {
        External target = external(url);

        assertThat(target.describe()).isEqualTo(description);
        assertThat(target.toString()).doesNotContain("hunter2");
        assertThat(target.jdbcUrl()).doesNotContain("hunter2");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''                                      | not a URL",
                "localhost/idem                          | not a URL",
                "mysql://u:hunter2@h/idem                | does not start with",
                "jdbc:mysql://u:hunter2@h/idem           | not a URL",
                "jdbc:postgresql://u:hunter2@h/idem      | parameters",
                "jdbc:postgresql://h:none/idem?password=hunter2 | driver",
                "jdbc:postgresql://h/idem?password=hunter2%z | hexadecimal",
                "jdbc:postgresql://u:hunter2/idem        | driver",
                "jdbc:postgresql://u:hunter2             | driver",
                "jdbc:postgresql://h/a/b/c/hunter2       | driver",
                "jdbc:postgresql://h:0/hunter2           | driver",
                "jdbc:postgresql://h:65536/hunter2       | driver",
                "jdbc:postgresql://h/idem?sslpassword=hunter2%z | hexadecimal",
                "jdbc:postgresql:u:hunter2               | driver",
                "postgres://u:hunter2/idem               | driver",
                "postgres://u:hunter2@h                  | names no database",
                "postgres://u:hunter2@/idem              | names no host",
                "postgres://u:hunter2/x@h/idem           | %2F",
                "postgres://u:hunter2@h:70000/idem       | port",
                "postgres://u:hunter2@h/idem?target_sesion_attrs=any | target_sesion_attrs",
                "postgres://u:hunter2@h/idem?target_session_attrs=writable | read-write",
                "postgres://u:hunter2@h/idem?host=/run/postgresql | host",
                "postgres://u:hunter2@h/idem?PGHOST=b    | PGHOST",
                "postgres://u:hunter2@h/idem?connect_timeout=1&connectTimeout=2 | two names",
                "postgres://u@h/idem?password=a&hunter2  | beside its password",
                "jdbc:postgresql://h/idem?target_session_attrs=read-write | targetServerType",
                "jdbc:postgresql://h/idem?password=a&hunter2 | beside its password",
                "jdbc:postgresql://h/idem?sockettimeout=1 | sockettimeout",
                "postgres://u:hunter2@h/idem?sslmode=bogus | sslmode that is not one of disable, allow, prefer, require, verify-ca",
                "jdbc:postgresql://h/idem?sslmode=verifyfull | sslmode that is not one of disable",
                "jdbc:postgresql://h/idem?sslmode=       | sslmode that is not one of disable",
                "postgres://u:hunter2@h/idem?gssencmode=maybe | gssencmode that is not one of disable",
                "postgres://h/idem?require_auth=md5,hunter2 | require_auth that is not one of password, md5",
                "jdbc:postgresql://h/idem?targetServerType=hunter2 | targetServerType that is not one of any, primary",
                "jdbc:postgresql://h/idem?preferQueryMode=fast | preferQueryMode that is not one of extended",
                "jdbc:postgresql://h/idem?socketTimeout=soon | socketTimeout that is not a whole number",
                "postgres://h/idem?connect_timeout=2s    | connect_timeout that is not a whole number",
                "jdbc:postgresql://h/idem?tcpKeepAlive=yes | tcpKeepAlive that is not true or false"
            })
    void aMistakeIsNamedWithItsSettingAndWithoutThePassword(String url, String complaint) {
        List<LogRecord> logged = new ArrayList<>();
        Logger driver = listenTo(logged);
        assertThatThrownBy(() -> DatabaseTarget.parse(url))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("database.url (DATABASE_URL) ")
                .hasMessageContaining(complaint)
                .hasMessageNotContaining("hunter2")
                .hasNoCause();
        driver.removeHandler(driver.getHandlers()[0]);
        assertThat(logged).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sslmode=Require",
                "targetServerType=prefer-secondary",
                "requireAuth=!password,scram-sha-256",
                "loginTimeout=2.5",
                "socketTimeout=5&tcpKeepAlive=TRUE&ssl=true",
                "currentSchema=app&ApplicationName=shop&prepareThreshold=-1"
            })
    void whatTheDriverTakesIsTaken(String parameters) {
        assertThat(external("jdbc:postgresql://h/idem?" + parameters).jdbcUrl()).endsWith(parameters);
    }

    /** The driver logs a URL that it cannot parse. */
    private static Logger listenTo(List<LogRecord> logged) {
        Logger driver = Logger.getLogger("org.postgresql");
        driver.addHandler(new Handler() {
            @Override
            public void publish(LogRecord said) {
                logged.add(said);
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        });
        return driver;
    }

    private static External external(String url) {
        return (External) DatabaseTarget.parse(url);
    }
}
