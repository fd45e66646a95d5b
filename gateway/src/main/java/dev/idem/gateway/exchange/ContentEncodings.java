package dev.idem.gateway.exchange;

import dev.idem.core.record.RecordedResponse;
import dev.idem.core.record.RecordedResponse.Header;
import dev.idem.http.memory.BodyMemoryExhaustedException;
import dev.idem.http.memory.BodyReservation;
import dev.idem.http.memory.ByteAccumulator;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.QuotedCSV;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Content encodings of answers that are kept. A repeat may accept another than the first request did, and so the upstream is
 * asked only for what can be undone here.
 */
final class ContentEncodings {
    private static final Logger log = LoggerFactory.getLogger(ContentEncodings.class);
    private static final String GZIP = "gzip";

    /** The same coding under its old name (RFC 9110, section 8.4.1.3). */
    private static final String OLD_GZIP = "x-gzip";

    private ContentEncodings() {}

    /** The value of {@code Accept-Encoding} for a request whose answer may be kept. */
    static String asked(HttpFields client) {
        return accepts(client, GZIP) ? GZIP : "identity";
    }

    /**
     * Whether a stored answer is to be decoded for this client, since it is in gzip alone and the client does not accept that. One in
     * other codings is given as it is: nothing else can be undone here.
     */
    static boolean mustBeDecoded(RecordedResponse stored, HttpFields client) {
        if (stored.storedBody().length() == 0 || accepts(client, GZIP)) {
            return false;
        }
        List<String> codings = stored.headers().stream()
                .filter(ContentEncodings::isEncoding)
                .flatMap(header -> Stream.of(header.value().split(",")))
                .map(coding -> coding.strip().toLowerCase(Locale.ROOT))
                .filter(coding -> !coding.isEmpty() && !coding.equals("identity"))
                .toList();
        return codings.size() == 1
                && (codings.get(0).equals(GZIP) || codings.get(0).equals(OLD_GZIP));
    }

    /**
     * What a request's body says.
     *
     * @param limit bytes
     * @param room what it is held in
     * @return the body itself if it is not gzip; empty if it is larger when it is decoded
     * @throws BodyMemoryExhaustedException if it cannot be held beside what was sent
     */
    static Optional<byte[]> decoded(byte[] body, HttpFields request, long limit, Optional<BodyReservation> room)
            throws BodyMemoryExhaustedException {
        if (body.length == 0 || !GZIP.equalsIgnoreCase(request.get(HttpHeader.CONTENT_ENCODING))) {
            return Optional.of(body);
        }
        ByteAccumulator read =
                new ByteAccumulator(bytes -> room.isEmpty() || room.get().grow(body.length + bytes), -1);
        try (InputStream decoded = new GzipBody(body).open()) {
            boolean more = true;
            while (more && read.size() <= limit && !read.isRefused()) {
                more = read.addFrom(decoded);
            }
            if (more && read.size() <= limit) {
                throw new BodyMemoryExhaustedException();
            }
            return more ? Optional.empty() : Optional.of(read.toByteArray());
        } catch (BodyMemoryExhaustedException e) {
            throw e;
        } catch (IOException e) {
            log.debug("a body that says it is gzip is not, and is compared as it is: {}", e.getMessage());
            return Optional.of(body);
        }
    }

    static boolean isEncoding(Header header) {
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
