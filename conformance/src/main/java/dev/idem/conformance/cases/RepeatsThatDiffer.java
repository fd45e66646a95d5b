package dev.idem.conformance.cases;

import static dev.idem.conformance.suite.Need.PROBE;

import dev.idem.conformance.exchange.Trial;
import dev.idem.conformance.http.Answer;
import dev.idem.conformance.http.Request;
import dev.idem.conformance.suite.Case;
import dev.idem.conformance.suite.Source;
import dev.idem.conformance.suite.Theme;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.zip.GZIPInputStream;

/** Repeats whose headers differ from the first request's: they are repeats all the same. */
final class RepeatsThatDiffer {
    private RepeatsThatDiffer() {}

    static Theme theme() {
        return Theme.of(
                "Replay: repeats with other headers",
                with("User-Agent", "another/2.0", Source.OWN, ""),
                with("Accept", "text/html, */*;q=0.1", Source.OWN, ""),
                with("Accept-Language", "fr", Source.OWN, ""),
                with("Cookie", "session=another", Source.OWN, ""),
                with("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01", Source.OWN, ""),
                with("If-None-Match", "\"v1\"", Source.RFC_9110, "13.1.2"),
                with("If-Match", "\"another\"", Source.RFC_9110, "13.1.1"),
                with("If-Modified-Since", "Sun, 06 Nov 2044 08:49:37 GMT", Source.RFC_9110, "13.1.3"),
                with("If-Unmodified-Since", "Sun, 06 Nov 1994 08:49:37 GMT", Source.RFC_9110, "13.1.4"),
                with("Range", "bytes=0-1", Source.RFC_9110, "14.2"),
                with("Cache-Control", "no-cache", Source.OWN, ""),
                encoding("replay-decoded", "A repeat that takes no gzip gets none", "gzip", "identity"),
                encoding(
                        "replay-encoded",
                        "A repeat that takes gzip may get it, with the same content",
                        "identity",
                        "gzip"),
                Case.of("replay-across-origins", "A script of another origin may read that an answer is a replay")
                        .own()
                        .oursAlone()
                        .expect("Access-Control-Expose-Headers names Idempotent-Replayed if there is an Origin")
                        .play(trial -> {
                            Request request = trial.post().plus("Origin", "https://app.example.com");
                            trial.send(request);
                            String exposed =
                                    String.join(", ", trial.send(request).all("Access-Control-Expose-Headers"));
                            trial.that(
                                    exposed.toLowerCase(Locale.ROOT).contains("idempotent-replayed"),
                                    "Access-Control-Expose-Headers: Idempotent-Replayed",
                                    exposed.isEmpty() ? "(none)" : exposed);
                        }),
                Case.of("replay-chunked", "A repeat in chunks is a repeat of a request with a length")
                        .from(Source.RFC_9112, "7.1")
                        .expect("a replay")
                        .play(trial -> trial.isReplay(
                                trial.send(trial.post()),
                                trial.send(trial.post().inChunks()))));
    }

    private static Case with(String name, String value, Source source, String section) {
        return Case.of("repeat-with-" + name.toLowerCase(Locale.ROOT), "A repeat with another " + name + " is a repeat")
                .from(source, section)
                .expect("the stored answer as it is; one execution")
                .play(trial -> {
                    Request request = trial.server().probe().isPresent()
                            ? trial.probe("header=ETag: \"v1\"", "text=0123456789", "type=text/plain")
                            : trial.post();
                    trial.isReplay(trial.send(request), trial.send(request.header(name, value)));
                    trial.hasExecuted(1);
                });
    }

    private static Case encoding(String id, String title, String first, String repeat) {
        return Case.of(id, title)
                .from(Source.RFC_9110, "12.5.3")
                .needs(PROBE)
                .expect("the same content, in a coding that the repeat accepts")
                .play(trial -> {
                    Request request = trial.probe("type=text/plain", "text=" + "0123456789".repeat(200));
                    Answer one = trial.send(request.header("Accept-Encoding", first));
                    Answer other = trial.send(request.header("Accept-Encoding", repeat));
                    if (one.header("Content-Encoding").isEmpty()
                            && other.header("Content-Encoding").isEmpty()) {
                        throw trial.notApplicable("the server compresses nothing");
                    }
                    if (repeat.equals("identity")) {
                        trial.hasNo("Content-Encoding", other);
                    }
                    trial.is(Trial.EXECUTION, one.header(Trial.EXECUTION), other.header(Trial.EXECUTION));
                    trial.is("content", content(one), content(other));
                });
    }

    private static String content(Answer answer) throws IOException {
        if (answer.header("Content-Encoding").filter("gzip"::equals).isEmpty()) {
            return answer.text();
        }
        try (GZIPInputStream gzip = new GZIPInputStream(new ByteArrayInputStream(answer.body()))) {
            return new String(gzip.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
