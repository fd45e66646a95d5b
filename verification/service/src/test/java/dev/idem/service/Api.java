package dev.idem.service;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.concurrent.CompletableFuture;

/** A client of the service at an address. */
record Api(String base, HttpClient client) {
    static final String REDDIT = "https://www.reddit.com/r/programming/comments/test/";
    static final String TIKTOK = "https://www.tiktok.com/@user/video/123456";

    private static final ObjectMapper JSON = new ObjectMapper();

    static Api at(int port) {
        return new Api("http://127.0.0.1:" + port, HttpClient.newHttpClient());
    }

    /** The access token. */
    String login(String email, String password) throws Exception {
        return json(tryLogin(email, password)).get("access_token").asText();
    }

    HttpResponse<String> tryLogin(String email, String password) throws Exception {
        return send(request("/api/auth/login")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(JSON.createObjectNode()
                        .put("email", email)
                        .put("password", password)
                        .toString()))
                .build());
    }

    HttpResponse<String> share(String token, String key, String url) throws Exception {
        return send(sharing(token, key, url));
    }

    CompletableFuture<HttpResponse<String>> shareLater(String token, String key, String url) {
        return client.sendAsync(sharing(token, key, url), HttpResponse.BodyHandlers.ofString());
    }

    HttpResponse<String> get(String token, String path) throws Exception {
        return send(request(path).header("Authorization", "Bearer " + token).build());
    }

    HttpResponse<String> get(String path) throws Exception {
        return send(request(path).build());
    }

    CompletableFuture<HttpResponse<String>> getLater(String path) {
        return client.sendAsync(request(path).build(), HttpResponse.BodyHandlers.ofString());
    }

    URI uri(String path) {
        return URI.create(base + path);
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(uri(path));
    }

    HttpResponse<String> send(HttpRequest request) throws Exception {
        return client.send(request, HttpResponse.BodyHandlers.ofString());
    }

    static JsonNode json(HttpResponse<String> answer) throws Exception {
        return JSON.readTree(answer.body());
    }

    private HttpRequest sharing(String token, String key, String url) {
        return request("/api/v1/shares")
                .header("Authorization", "Bearer " + token)
                .header("Idempotency-Key", key)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(
                        JSON.createObjectNode().put("url", url).toString()))
                .build();
    }
}
