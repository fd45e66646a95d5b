package dev.idem.core.fingerprint;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** A JSON value with many spellings and small changes. */
sealed interface JsonValue {

    /** The value in one of its spellings. */
    String spelled(Random random);

    /** A different value, as close to this one as possible. */
    JsonValue changed(Random random);

    /** True, false or null. */
    record Literal(String name) implements JsonValue {
        @Override
        public String spelled(Random random) {
            return name;
        }

        @Override
        public JsonValue changed(Random random) {
            return new Literal(name.equals("null") ? "false" : "null");
        }
    }

    /** A number; equal to others of the same value. */
    record Numeral(BigDecimal value) implements JsonValue {
        public Numeral {
            value = value.stripTrailingZeros();
        }

        @Override
        public String spelled(Random random) {
            return switch (random.nextInt(3)) {
                case 0 -> value.toString();
                case 1 ->
                    value.setScale(Math.max(0, value.scale()) + random.nextInt(3))
                            .toPlainString();
                default -> value.unscaledValue() + (random.nextBoolean() ? "e" : "E") + -value.scale();
            };
        }

        @Override
        public JsonValue changed(Random random) {
            return new Numeral(value.add(BigDecimal.valueOf(1, value.scale() + random.nextInt(40))));
        }
    }

    /** A string of any UTF-16 units. */
    record Text(String value) implements JsonValue {
        @Override
        public String spelled(Random random) {
            StringBuilder out = new StringBuilder("\"");
            for (int i = 0; i < value.length(); i++) {
                char c = value.charAt(i);
                boolean paired = i + 1 < value.length() && Character.isSurrogatePair(c, value.charAt(i + 1));
                if (paired && random.nextBoolean()) {
                    out.append(c).append(value.charAt(++i));
                    continue;
                }
                boolean needsEscape = c < ' ' || c == '"' || c == '\\' || Character.isSurrogate(c);
                if (needsEscape || random.nextInt(4) == 0) {
                    out.append(String.format(random.nextBoolean() ? "\\u%04x" : "\\u%04X", (int) c));
                } else {
                    out.append(c);
                }
            }
            return out.append('"').toString();
        }

        @Override
        public JsonValue changed(Random random) {
            if (value.isEmpty() || random.nextBoolean()) {
                return new Text(value + "x");
            }
            int at = random.nextInt(value.length());
            char next = (char) (value.charAt(at) ^ (1 << random.nextInt(Character.SIZE)));
            return new Text(value.substring(0, at) + next + value.substring(at + 1));
        }
    }

    /** An array. */
    record Elements(List<JsonValue> values) implements JsonValue {
        @Override
        public String spelled(Random random) {
            List<String> spellings = values.stream()
                    .map(value -> spaced(value.spelled(random), random))
                    .toList();
            return '[' + String.join(",", spellings) + (spellings.isEmpty() ? space(random) : "") + ']';
        }

        @Override
        public JsonValue changed(Random random) {
            List<JsonValue> copy = new ArrayList<>(values);
            int at = random.nextInt(values.size() + 1);
            if (at == values.size() || random.nextInt(4) == 0) {
                copy.add(at, new Literal("null"));
                return new Elements(copy);
            }
            switch (random.nextInt(3)) {
                case 0 -> copy.remove(at);
                case 1 -> Collections.swap(copy, at, random.nextInt(values.size()));
                default -> copy.set(at, values.get(at).changed(random));
            }
            if (copy.equals(values)) { // equal elements were swapped
                copy.set(at, values.get(at).changed(random));
            }
            return new Elements(copy);
        }
    }

    /** An object. */
    record Members(Map<String, JsonValue> values) implements JsonValue {
        @Override
        public String spelled(Random random) {
            List<String> spellings = new ArrayList<>();
            values.forEach((name, value) -> spellings.add(
                    spaced(new Text(name).spelled(random), random) + ':' + spaced(value.spelled(random), random)));
            Collections.shuffle(spellings, random);
            return '{' + String.join(",", spellings) + (spellings.isEmpty() ? space(random) : "") + '}';
        }

        @Override
        public JsonValue changed(Random random) {
            Map<String, JsonValue> copy = new LinkedHashMap<>(values);
            int at = random.nextInt(values.size() + 1);
            if (at == values.size()) {
                copy.put(String.join("", values.keySet()) + "x", new Literal("null"));
                return new Members(copy);
            }
            String name = List.copyOf(values.keySet()).get(at);
            JsonValue value = copy.remove(name);
            switch (random.nextInt(3)) {
                case 0 -> copy.put(name, value.changed(random));
                case 1 -> copy.put(name + "x", value);
                default -> {} // the member was removed
            }
            return new Members(copy);
        }
    }

    private static String spaced(String spelling, Random random) {
        return space(random) + spelling + space(random);
    }

    private static String space(Random random) {
        return List.of("", "", " ", "\n", "\t", "\r\n").get(random.nextInt(6));
    }
}
