import java.io.*;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.*;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.tokenattributes.TermToBytesRefAttribute;
import org.apache.lucene.document.LatLonDocValuesField;
import org.apache.lucene.document.LatLonPoint;
import org.apache.lucene.facet.Facets;
import org.apache.lucene.facet.FacetsCollector;
import org.apache.lucene.facet.FacetResult;
import org.apache.lucene.facet.sortedset.*;
import org.apache.lucene.geo.Polygon;
import org.apache.lucene.index.*;
import org.apache.lucene.search.*;
import org.apache.lucene.search.spell.DirectSpellChecker;
import org.apache.lucene.search.spell.SuggestMode;
import org.apache.lucene.search.suggest.fst.WFSTCompletionLookup;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.store.MMapDirectory;
import org.apache.lucene.util.BytesRef;

/**
 * Answers on a loopback socket: LuceneServe INDEX; prints its port. A line is a question, fields between tabs:
 * ask, words, lat, lon, radius, needs (1,2), filters (1,2;3), facets (0 or 1), polygon (lon lat lon lat …), limit.
 * The answer is a line: total, rows, counts (code=n), between tabs.
 */
public class LuceneServe {
    private final Analyzer analyzer = LuceneBuild.analyzer();
    private final DirectSpellChecker speller = new DirectSpellChecker();
    private final IndexWriter writer;
    private final WFSTCompletionLookup titles;
    private volatile Snapshot now;

    /** A searcher and what is made once for it. */
    private record Snapshot(IndexSearcher searcher, SortedSetDocValuesReaderState facets) {
        static Snapshot of(DirectoryReader reader) throws IOException {
            return new Snapshot(new IndexSearcher(reader), new DefaultSortedSetDocValuesReaderState(reader));
        }
    }

    LuceneServe(Path index) throws IOException {
        writer = new IndexWriter(new MMapDirectory(index.resolve("index")), LuceneBuild.settings(64));
        now = Snapshot.of(DirectoryReader.open(writer));
        titles = new WFSTCompletionLookup(FSDirectory.open(index.resolve("suggest")), "titles");
        try (var in = Files.newInputStream(index.resolve("titles.fst"))) {
            titles.load(in);
        }
        speller.setMaxEdits(1);
    }

    public static void main(String[] args) throws Exception {
        LuceneServe server = new LuceneServe(Path.of(args[0]));
        ServerSocket door = new ServerSocket(0, 8, InetAddress.getLoopbackAddress());
        System.out.println(door.getLocalPort());
        while (true) {
            Socket client = door.accept();
            client.setTcpNoDelay(true);
            Thread thread = new Thread(() -> server.serve(client));
            thread.setDaemon(true);
            thread.start();
        }
    }

    private void serve(Socket client) {
        try (client;
             var in = new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.UTF_8));
             var out = new BufferedWriter(new OutputStreamWriter(client.getOutputStream(), StandardCharsets.UTF_8))) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                out.write(answer(line.split("\t", -1)));
                out.write('\n');
                out.flush();
            }
        } catch (IOException gone) {
            System.err.println(gone);
        }
    }

    private String answer(String[] asked) {
        try {
            switch (asked[0]) {
                case "ping": return "0\t\t";
                case "suggest": return suggest(asked);
                case "nearest": return nearest(asked);
                case "change": return change(asked);
                default: return search(asked);
            }
        } catch (Exception fault) {
            return "fault\t" + fault + "\t";
        }
    }

    private String search(String[] asked) throws IOException {
        Snapshot snapshot = now;
        double lat = Double.parseDouble(asked[2]), lon = Double.parseDouble(asked[3]);
        boolean ranked = !asked[1].isEmpty(), counted = asked[7].equals("1");
        Query query = query(snapshot, asked, lat, lon);
        int limit = Integer.parseInt(asked[9]);
        TopDocsCollector<?> top = ranked || !asked[8].isEmpty()
            ? TopScoreDocCollector.create(limit, asked[0].equals("misspelt") ? 1000 : Integer.MAX_VALUE)
            : TopFieldCollector.create(new Sort(LatLonDocValuesField.newDistanceSort("at", lat, lon)), limit, Integer.MAX_VALUE);
        FacetsCollector hits = counted ? new FacetsCollector() : null;
        snapshot.searcher.search(query, MultiCollector.wrap(top, hits));
        return top.getTotalHits() + "\t" + rows(snapshot, top.topDocs().scoreDocs) + "\t" + (counted ? counts(snapshot, hits) : "");
    }

    private Query query(Snapshot snapshot, String[] asked, double lat, double lon) throws IOException {
        BooleanQuery.Builder all = new BooleanQuery.Builder();
        for (String word : asked[1].isEmpty() ? new String[0] : asked[1].split(" ")) {
            Query either = asked[0].equals("misspelt") ? spelt(snapshot, word) : word(word);
            if (either != null) {
                all.add(either, BooleanClause.Occur.MUST);
            }
        }
        double radius = Double.parseDouble(asked[4]);
        if (radius > 0) {
            all.add(new IndexOrDocValuesQuery(LatLonPoint.newDistanceQuery("at", lat, lon, radius),
                LatLonDocValuesField.newSlowDistanceQuery("at", lat, lon, radius)), BooleanClause.Occur.FILTER);
        }
        if (!asked[8].isEmpty()) {
            all.add(LatLonPoint.newPolygonQuery("at", polygon(asked[8])), BooleanClause.Occur.FILTER);
        }
        if (!asked[5].isEmpty()) {
            all.add(any("need", asked[5]), BooleanClause.Occur.FILTER);
        }
        for (String group : asked[6].isEmpty() ? new String[0] : asked[6].split(";")) {
            all.add(any("facet", group), BooleanClause.Occur.FILTER);
        }
        return all.build();
    }

    /** The stems of a word, all of which have to be there; null for a word that the analyser drops. */
    private Query word(String word) throws IOException {
        BooleanQuery.Builder stems = new BooleanQuery.Builder();
        try (TokenStream tokens = analyzer.tokenStream("words", word)) {
            TermToBytesRefAttribute term = tokens.addAttribute(TermToBytesRefAttribute.class);
            tokens.reset();
            while (tokens.incrementToken()) {
                stems.add(new TermQuery(new Term("words", BytesRef.deepCopyOf(term.getBytesRef()))), BooleanClause.Occur.MUST);
            }
        }
        List<BooleanClause> clauses = stems.build().clauses();
        return clauses.isEmpty() ? null : clauses.size() == 1 ? clauses.get(0).getQuery() : stems.build();
    }

    /** The word if titles have it, else any of the five likeliest within one edit. */
    private Query spelt(Snapshot snapshot, String word) throws IOException {
        IndexReader reader = snapshot.searcher.getIndexReader();
        Term term = new Term("spelling", word);
        if (word.length() < 5 || reader.docFreq(term) > 0) {
            return word(word);
        }
        BooleanQuery.Builder either = new BooleanQuery.Builder();
        for (var close : speller.suggestSimilar(term, 5, reader, SuggestMode.SUGGEST_ALWAYS)) {
            Query stem = word(close.string);
            if (stem != null) {
                either.add(stem, BooleanClause.Occur.SHOULD);
            }
        }
        Query found = either.build();
        return ((BooleanQuery) found).clauses().isEmpty() ? word(word) : found;
    }

    private static Query any(String field, String codes) {
        String[] each = codes.split(",");
        if (each.length == 1) {
            return new TermQuery(new Term(field, each[0]));
        }
        return new TermInSetQuery(field, Arrays.stream(each).map(BytesRef::new).toList());
    }

    private static Polygon polygon(String text) {
        double[] numbers = Arrays.stream(text.split(" ")).mapToDouble(Double::parseDouble).toArray();
        double[] lats = new double[numbers.length / 2], lons = new double[numbers.length / 2];
        for (int i = 0; i < lats.length; i++) {
            lons[i] = numbers[2 * i];
            lats[i] = numbers[2 * i + 1];
        }
        return new Polygon(lats, lons);
    }

    /** The tree of points in order of distance; a service with several near venues comes once. */
    private String nearest(String[] asked) throws IOException {
        Snapshot snapshot = now;
        int limit = Integer.parseInt(asked[9]);
        for (int venues = 64; ; venues *= 8) {
            TopDocs found = LatLonPointPrototypeQueries.nearest(snapshot.searcher, "at",
                Double.parseDouble(asked[2]), Double.parseDouble(asked[3]), venues);
            Map<Integer, ScoreDoc> once = new LinkedHashMap<>();
            for (ScoreDoc hit : found.scoreDocs) {
                once.putIfAbsent(hit.doc, hit);
            }
            if (once.size() >= limit || found.scoreDocs.length < venues) {
                return "0\t" + rows(snapshot, once.values().stream().limit(limit).toArray(ScoreDoc[]::new)) + "\t";
            }
        }
    }

    private String suggest(String[] asked) throws IOException {
        StringJoiner rows = new StringJoiner(",");
        for (var title : titles.lookup(asked[1], null, false, Integer.parseInt(asked[9]))) {
            rows.add(Long.toString(title.value));
        }
        return "0\t" + rows + "\t";
    }

    /** A record anew: durable by the commit, visible by the snapshot. Fields: row, title, text, needs, facets, points. */
    private synchronized String change(String[] asked) throws IOException {
        String[] record = Arrays.copyOfRange(asked, 1, asked.length);
        writer.updateDocument(new Term("row", record[0]), LuceneBuild.document(record));
        writer.commit();
        DirectoryReader fresh = DirectoryReader.openIfChanged((DirectoryReader) now.searcher.getIndexReader(), writer);
        if (fresh != null) {
            now = Snapshot.of(fresh);
        }
        return "0\t\t";
    }

    private static String rows(Snapshot snapshot, ScoreDoc[] hits) throws IOException {
        StringJoiner rows = new StringJoiner(",");
        List<LeafReaderContext> leaves = snapshot.searcher.getIndexReader().leaves();
        for (ScoreDoc hit : hits) {
            LeafReaderContext leaf = leaves.get(ReaderUtil.subIndex(hit.doc, leaves));
            NumericDocValues number = leaf.reader().getNumericDocValues("number");
            number.advanceExact(hit.doc - leaf.docBase);
            rows.add(Long.toString(number.longValue()));
        }
        return rows.toString();
    }

    private static String counts(Snapshot snapshot, FacetsCollector hits) throws IOException {
        Facets facets = new SortedSetDocValuesFacetCounts(snapshot.facets, hits);
        FacetResult found = facets.getTopChildren(10_000, "f");
        StringJoiner counts = new StringJoiner(",");
        for (var one : found == null ? new org.apache.lucene.facet.LabelAndValue[0] : found.labelValues) {
            counts.add(one.label + "=" + one.value.intValue());
        }
        return counts.toString();
    }
}
