package dev.idem.service.gateway.exchange;

import dev.idem.core.record.RecordedResponse;
import dev.idem.core.record.RecordedResponse.Header;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.QuotedCSV;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Content encodings of answers that are kept. A repeat may accept another than the first request did, and so the upstream is
 * asked only for what can be undone here.
 */
final class Encodings {
    private static final Logger log = LoggerFactory.getLogger(Encodings.class);
    private static final String GZIP = "gzip";

    private Encodings() {}

    /** The value of {@code Accept-Encoding} for a request whose answer may be kept. */
    static String asked(HttpFields client) {
        return accepts(client, GZIP) ? GZIP : "identity";
    }

    /** The answer as it was stored, or without its encoding where the client does not accept it. */
    static RecordedResponse acceptable(RecordedResponse stored, HttpFields client) {
        boolean isGzip = stored.headers().stream()
                .anyMatch(header -> isEncoding(header) && header.value().equalsIgnoreCase(GZIP));
        if (!isGzip || accepts(client, GZIP) || stored.storedBody().length() == 0) {
            return stored;
        }
        try (GZIPInputStream decoded = new GZIPInputStream(new ByteArrayInputStream(stored.body()))) {
            List<Header> headers = stored.headers().stream()
                    .filter(header -> !isEncoding(header))
                    .toList();
            return new RecordedResponse(stored.status(), headers, decoded.readAllBytes());
        } catch (IOException e) {
            log.warn("an answer that says it is gzip is not, and is given as it is: {}", e.getMessage());
            return stored;
        }
    }

    /**
     * What a request's body says.
     *
     * @param limit bytes
     * @return the body itself if it is not gzip; empty if it is larger when it is decoded
     */
    static Optional<byte[]> decoded(byte[] body, HttpFields request, long limit) {
        if (body.length == 0 || !GZIP.equalsIgnoreCase(request.get(HttpHeader.CONTENT_ENCODING))) {
            return Optional.of(body);
        }
        try (GZIPInputStream decoded = new GZIPInputStream(new ByteArrayInputStream(body))) {
            byte[] whole = decoded.readNBytes(Math.toIntExact(limit));
            return decoded.read() < 0 ? Optional.of(whole) : Optional.empty();
        } catch (IOException e) {
            log.debug("a body that says it is gzip is not, and is compared as it is: {}", e.getMessage());
            return Optional.of(body);
        }
    }

    private static boolean isEncoding(Header header) {
        return header.name().equalsIgnoreCase("Content-Encoding");
    }

    private static boolean accepts(HttpFields client, String coding) {
        for (String line : client.getValuesList(HttpHeader.ACCEPT_ENCODING)) {
            for (String element : new QuotedCSV(true, line).getValues()) {
                String word = element.replace(" ", "").toLowerCase(Locale.ROOT);
                if (word.equals(coding)
                        || (word.startsWith(coding + ";q=") && !word.matches(coding + ";q=0(\\.0*)?"))) {
                    return true;
                }
            }
        }
        return false;
    }
}
