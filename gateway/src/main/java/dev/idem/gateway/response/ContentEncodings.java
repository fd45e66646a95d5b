package dev.idem.gateway.response;

import dev.idem.core.record.answer.RecordedResponse;
import dev.idem.core.record.answer.RecordedResponse.Header;
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
 * Content encodings of stored answers. A repeat may accept other encodings than the first request did, so the upstream
 * is asked only for encodings that can be decoded here.
 */
public final class ContentEncodings {
    private static final Logger log = LoggerFactory.getLogger(ContentEncodings.class);
    private static final String GZIP = "gzip";

    /** The same coding under its old name (RFC 9110, section 8.4.1.3). */
    private static final String OLD_GZIP = "x-gzip";

    private ContentEncodings() {}

    /** The value of {@code Accept-Encoding} for a request whose answer may be stored. */
    public static String asked(HttpFields client) {
        return accepts(client, GZIP) ? GZIP : "identity";
    }

    /**
     * Whether a stored answer must be decoded for this client: it is encoded with gzip alone, and the client does not
     * accept gzip. An answer in other codings is sent as it is, because it cannot be decoded here.
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
     * The decoded body of a request.
     *
     * @param limit of the decoded body, in bytes
     * @param reservation the memory that is reserved for it
     * @return the body itself if it is not gzip; empty if the decoded body is too large
     * @throws BodyMemoryExhaustedException if there is no memory for both bodies
     */
    public static Optional<byte[]> decoded(
            byte[] body, HttpFields request, long limit, Optional<BodyReservation> reservation)
            throws BodyMemoryExhaustedException {
        if (body.length == 0 || !GZIP.equalsIgnoreCase(request.get(HttpHeader.CONTENT_ENCODING))) {
            return Optional.of(body);
        }
        ByteAccumulator read = new ByteAccumulator(
                bytes -> reservation.isEmpty() || reservation.get().grow(body.length + bytes), -1);
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
            log.debug("a body labelled gzip is not gzip, and is compared as it is: {}", e.getMessage());
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
