package dev.idem.gateway.response;

import dev.idem.core.record.answer.RecordedResponse;
import dev.idem.core.record.answer.RecordedResponse.Header;
import dev.idem.gateway.header.HopByHopHeaders;
import dev.idem.gateway.header.ResponseHead;
import dev.idem.gateway.header.WholeOrigin;
import dev.idem.http.completion.ReplayableHeaders;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.jetty.client.Response;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;

/** An upstream's response as a stored answer. */
public final class ResponseRecorder {
    private ResponseRecorder() {}

    public static RecordedResponse of(Response upstream, byte[] body) {
        HopByHopHeaders hop = HopByHopHeaders.of(upstream.getHeaders());
        List<Header> headers = new ArrayList<>();
        for (HttpField field : upstream.getHeaders()) {
            // The body keeps its encoding, and only the upstream can say which scripts may read it.
            boolean isKept = ReplayableHeaders.belongsToTheAnswer(field.getName())
                    || field.getHeader() == HttpHeader.CONTENT_ENCODING
                    || Origins.isAccessControl(field.getName());
            if (isKept && !hop.has(field) && !WholeOrigin.isClaimedBy(field.getLowerCaseName())) {
                headers.add(new Header(field.getName(), field.getValue() == null ? "" : field.getValue()));
            }
        }
        byte[] kept = ResponseHead.hasBody(upstream) ? body : new byte[0];
        return new RecordedResponse(upstream.getStatus(), headers, kept);
    }
}
