package dev.idem.benchmarks.micro;

import dev.idem.benchmarks.body.Order;
import dev.idem.core.record.answer.RecordedResponse;
import dev.idem.core.record.answer.RecordedResponse.Header;
import dev.idem.core.store.AnswerCodec;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** An answer on its way into a record and out of it. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class AnswerCodecBenchmark {
    /** Bytes of the body. */
    @Param({"200", "2048", "65536"})
    public int size;

    private RecordedResponse answer = new RecordedResponse(200, List.of(), new byte[0]);
    private byte[] encoded = {};
    private byte[] compressed = {};

    @Setup
    public void setUp() {
        answer = new RecordedResponse(
                201,
                List.of(
                        new Header("Content-Type", "application/json"),
                        new Header("Location", "https://shop.example/orders/8a466502-605f-4cdb-8999-0a8db49ada14")),
                Order.of(size));
        encoded = AnswerCodec.encode(answer);
        compressed = AnswerCodec.encode(answer.compressed());
    }

    @Benchmark
    public Object encode() {
        return AnswerCodec.encode(answer);
    }

    @Benchmark
    public Object decode() {
        return AnswerCodec.decode(ByteBuffer.wrap(encoded));
    }

    /** With its body compressed, as {@code compressAbove} asks for. */
    @Benchmark
    public Object encodeCompressed() {
        return AnswerCodec.encode(answer.compressed());
    }

    @Benchmark
    public Object decodeCompressed() {
        return AnswerCodec.decode(ByteBuffer.wrap(compressed));
    }
}
