package dev.idem.core.fingerprint;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CanonicalUrlTest {
    private static final String URL = "https://example.com/a%2Fb/?q=1&r=%C3%A9";

    @ParameterizedTest
    @ValueSource(
            strings = {
                URL,
                " https://example.com/a%2Fb/?q=1&r=%C3%A9 ",
                "HTTPS://Example.COM/a%2Fb/?q=1&r=%C3%A9",
                "https://example.com:443/a%2Fb/?q=1&r=%C3%A9",
                "https://example.com/x/../a%2fb/./?q=1&r=%c3%a9",
                "https://example.com/a%2Fb/?q=1&r=%C3%A9#top",
            })
    void spellingsOfOneUrlAreOne(String spelling) {
        assertThat(CanonicalUrl.canonicalise(spelling)).isEqualTo(URL);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://example.com/a%2Fb/?q=1&r=%C3%A9",
                "https://example.com:8443/a%2Fb/?q=1&r=%C3%A9",
                "https://example.com/a/b/?q=1&r=%C3%A9",
                "https://example.com/a%2Fb?q=1&r=%C3%A9",
                "https://example.com/a%2Fb/?r=%C3%A9&q=1",
                "https://example.com/A%2Fb/?q=1&r=%C3%A9",
                "https://ann@example.com/a%2Fb/?q=1&r=%C3%A9",
            })
    void otherUrlsStayOthers(String other) {
        assertThat(CanonicalUrl.canonicalise(other)).isNotEqualTo(URL);
    }

    @ParameterizedTest
    @CsvSource({"https://example.com, https://example.com/", "HTTP://EXAMPLE.com:80?q, http://example.com/?q"})
    void anEmptyPathIsASlash(String spelling, String canonical) {
        assertThat(CanonicalUrl.canonicalise(spelling)).isEqualTo(canonical);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "no url",
                "/relative",
                "mailto:ann@example.com",
                "https://",
                "https://exa mple.com/",
                "ftp://Example.com/"
            })
    void whatIsNoUrlStaysAsItIs(String text) {
        assertThat(CanonicalUrl.canonicalise(text)).isEqualTo(text);
    }
}
