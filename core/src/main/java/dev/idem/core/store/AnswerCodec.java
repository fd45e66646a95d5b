package dev.idem.core.store;

import dev.idem.core.record.answer.Answer;
import dev.idem.core.record.answer.AnswerNotStored;
import dev.idem.core.record.answer.AnswerNotStored.Reason;
import dev.idem.core.record.answer.AnswerSummary;
import dev.idem.core.record.answer.RecordedResponse;
import dev.idem.core.record.answer.RecordedResponse.Header;
import dev.idem.core.record.answer.ResponseSummary;
import dev.idem.core.record.answer.StoredBody;
import dev.idem.core.store.unreadable.NewerReleaseException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * An answer as bytes: the one format that every store keeps. Version 1, integers big-endian:
 *
 * <pre>
 *   1 (version) 'R' status:u16 headers:u16 { nameLength:u32 name valueLength:u32 value }* bodyLength:u32 body
 *   1 (version) 'Z' as 'R' to the headers, length:u32 compressedLength:u32 compressed (RFC 8878)
 *   1 (version) 'N' reason:u8
 * </pre>
 *
 * <p>Reads nothing but these bytes: no class names, no types chosen by the data. Stateless.
 */
public final class AnswerCodec {
    private static final byte VERSION = 1;
    private static final byte RESPONSE = 'R';
    private static final byte COMPRESSED = 'Z';
    private static final byte NOT_STORED = 'N';
    private static final byte TOO_LARGE = 0;
    private static final byte FAILED = 1;
    private static final byte OUTCOME_UNKNOWN = 2;

    /** So many first bytes say what {@link #summary} needs. */
    public static final int HEAD_BYTES = 6;

    private AnswerCodec() {}

    public static byte[] encode(Answer answer) {
        if (answer instanceof RecordedResponse response) {
            return encodeResponse(response);
        }
        AnswerNotStored notStored = (AnswerNotStored) answer;
        return new byte[] {VERSION, NOT_STORED, code(notStored.reason())};
    }

    /** @throws IllegalArgumentException if the bytes are no answer of a known version */
    public static Answer decode(ByteBuffer bytes) {
        try {
            byte kind = kind(bytes);
            return kind == NOT_STORED
                    ? new AnswerNotStored(reason(bytes.get()))
                    : decodeResponse(bytes, kind == COMPRESSED);
        } catch (BufferUnderflowException e) {
            throw new IllegalArgumentException("a stored answer is cut short", e);
        }
    }

    /**
     * Decodes the beginning of an answer.
     *
     * @param bytes the first {@link #HEAD_BYTES}, or more; a shorter answer as a whole
     * @throws IllegalArgumentException if the bytes are no answer of a known version
     */
    public static AnswerSummary summary(ByteBuffer bytes) {
        try {
            return kind(bytes) == NOT_STORED
                    ? new AnswerNotStored(reason(bytes.get()))
                    : new ResponseSummary(Short.toUnsignedInt(bytes.getShort()), Short.toUnsignedInt(bytes.getShort()));
        } catch (BufferUnderflowException e) {
            throw new IllegalArgumentException("a stored answer is cut short", e);
        }
    }

    private static byte kind(ByteBuffer bytes) {
        byte version = bytes.get();
        if (version != VERSION) {
            throw new NewerReleaseException("an answer of version " + version);
        }
        byte kind = bytes.get();
        if (kind != RESPONSE && kind != COMPRESSED && kind != NOT_STORED) {
            throw new IllegalArgumentException("unknown kind of answer: " + kind);
        }
        return kind;
    }

    private static byte[] encodeResponse(RecordedResponse response) {
        List<byte[]> lines = new ArrayList<>(2 * response.headers().size());
        StoredBody body = response.storedBody();
        int size = 2 + 2 + 2 + (body.isCompressed() ? 8 : 4) + body.kept().length;
        for (Header header : response.headers()) {
            lines.add(header.name().getBytes(StandardCharsets.UTF_8));
            lines.add(header.value().getBytes(StandardCharsets.UTF_8));
        }
        for (byte[] line : lines) {
            size += 4 + line.length;
        }
        ByteBuffer bytes = ByteBuffer.allocate(size)
                .put(VERSION)
                .put(body.isCompressed() ? COMPRESSED : RESPONSE)
                .putShort((short) response.status())
                .putShort((short) response.headers().size());
        for (byte[] line : lines) {
            bytes.putInt(line.length).put(line);
        }
        if (body.isCompressed()) {
            bytes.putInt(body.length());
        }
        return bytes.putInt(body.kept().length).put(body.kept()).array();
    }

    private static RecordedResponse decodeResponse(ByteBuffer bytes, boolean compressed) {
        int status = Short.toUnsignedInt(bytes.getShort());
        int count = Short.toUnsignedInt(bytes.getShort());
        List<Header> headers = new ArrayList<>(Math.min(count, 64));
        for (int i = 0; i < count; i++) {
            headers.add(new Header(text(bytes), text(bytes)));
        }
        return new RecordedResponse(status, headers, compressed ? compressedBody(bytes) : StoredBody.of(block(bytes)));
    }

    private static StoredBody compressedBody(ByteBuffer bytes) {
        int length = bytes.getInt();
        return StoredBody.ofCompressed(block(bytes), length);
    }

    private static String text(ByteBuffer bytes) {
        return new String(block(bytes), StandardCharsets.UTF_8);
    }

    private static byte[] block(ByteBuffer bytes) {
        int length = bytes.getInt();
        if (length < 0 || length > bytes.remaining()) {
            throw new IllegalArgumentException("a stored answer is cut short");
        }
        byte[] block = new byte[length];
        bytes.get(block);
        return block;
    }

    private static byte code(Reason reason) {
        return switch (reason) {
            case TOO_LARGE -> TOO_LARGE;
            case FAILED -> FAILED;
            case OUTCOME_UNKNOWN -> OUTCOME_UNKNOWN;
        };
    }

    private static Reason reason(byte code) {
        return switch (code) {
            case TOO_LARGE -> Reason.TOO_LARGE;
            case FAILED -> Reason.FAILED;
            case OUTCOME_UNKNOWN -> Reason.OUTCOME_UNKNOWN;
            default -> throw new IllegalArgumentException("unknown reason in a stored answer: " + code);
        };
    }
}
