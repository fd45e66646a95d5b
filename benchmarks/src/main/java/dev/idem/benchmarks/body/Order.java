package dev.idem.benchmarks.body;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Random;

/** A body as shops send it: an object with a few members and a list of items, which makes up for the size. */
public final class Order {
    private static final long SEED = 1;

    private Order() {}

    /** @param size in bytes, to the next whole item */
    public static byte[] of(int size) {
        Random random = new Random(SEED);
        StringBuilder body = new StringBuilder("{\"url\":\"https://shop.example/orders\",\"amount\":12.50,\"items\":[");
        String separator = "";
        while (body.length() < size) {
            body.append(separator)
                    .append(String.format(
                            Locale.ROOT,
                            "{\"sku\":\"A-%d\",\"count\":%d,\"price\":%.2f,\"gift\":true}",
                            random.nextInt(100_000),
                            random.nextInt(100),
                            random.nextInt(10_000) / 100.0));
            separator = ",";
        }
        return body.append("],\"note\":\"thanks\"}").toString().getBytes(StandardCharsets.UTF_8);
    }
}
