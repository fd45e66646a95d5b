package dev.idem.verification;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** Something of others that a program holds, by its Maven coordinates. */
record Library(String group, String artifact, String version) {
    private static final Pattern LISTED = Pattern.compile(
            "\\s+(?<group>[^:\\s]+):(?<artifact>[^:\\s]+):jar(:[^:\\s]+)?:(?<version>[^:\\s]+):(compile|runtime)\\b.*");

    /** @param list what Maven's {@code dependency:list} wrote: an indented line for each */
    static List<Library> listed(Path list) throws IOException {
        return Files.readAllLines(list).stream()
                .map(LISTED::matcher)
                .filter(Matcher::matches)
                .map(parts -> new Library(parts.group("group"), parts.group("artifact"), parts.group("version")))
                .toList();
    }

    /** @throws IOException if the file is no CycloneDX bill of materials in XML */
    static List<Library> in(Path bill) throws IOException {
        try (InputStream in = Files.newInputStream(bill)) {
            XMLStreamReader xml = XMLInputFactory.newDefaultFactory().createXMLStreamReader(in);
            List<Library> libraries = new ArrayList<>();
            while (xml.hasNext()) {
                if (xml.next() == XMLStreamConstants.START_ELEMENT
                        && xml.getLocalName().equals("purl")) {
                    libraries.add(of(xml.getElementText()));
                }
            }
            return libraries;
        } catch (XMLStreamException | IllegalArgumentException e) {
            throw new IOException(bill + " is no bill of materials", e);
        }
    }

    /** @param url such as {@code pkg:maven/org.example/library@1.0?type=jar} */
    private static Library of(String url) {
        String[] parts = url.split("[/@?]", -1);
        if (parts.length < 4 || !parts[0].equals("pkg:maven")) {
            throw new IllegalArgumentException("no Maven package: " + url);
        }
        return new Library(parts[1], parts[2], parts[3]);
    }

    @Override
    public String toString() {
        return group + ':' + artifact + ':' + version;
    }
}
