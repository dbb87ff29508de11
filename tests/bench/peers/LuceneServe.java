import java.io.*;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.*;
import org.apache.lucene.document.LatLonDocValuesField;
import org.apache.lucene.facet.Facets;
import org.apache.lucene.facet.FacetsCollector;
import org.apache.lucene.facet.FacetResult;
import org.apache.lucene.facet.sortedset.*;
import org.apache.lucene.index.*;
import org.apache.lucene.search.*;
import org.apache.lucene.search.suggest.fst.WFSTCompletionLookup;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.store.MMapDirectory;

/**
 * Answers on a loopback socket: LuceneServe INDEX; prints its port. A line is a question, fields between tabs:
 * ask, words, lat, lon, radius, needs (1,2), filters (1,2;3), facets (0 or 1), polygon (lon lat lon lat …), limit.
 * The answer is a line: total, rows, counts (code=n), between tabs.
 */
public class LuceneServe {
    private final LuceneQuestion question = new LuceneQuestion();
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
        Query query = question.query(snapshot.searcher.getIndexReader(), asked, lat, lon);
        int limit = Integer.parseInt(asked[9]);
        TopDocsCollector<?> top = ranked || !asked[8].isEmpty()
            ? TopScoreDocCollector.create(limit, asked[0].equals("misspelt") ? 1000 : Integer.MAX_VALUE)
            : TopFieldCollector.create(new Sort(LatLonDocValuesField.newDistanceSort("at", lat, lon)), limit, Integer.MAX_VALUE);
        FacetsCollector hits = counted ? new FacetsCollector() : null;
        snapshot.searcher.search(query, MultiCollector.wrap(top, hits));
        return top.getTotalHits() + "\t" + rows(snapshot, top.topDocs().scoreDocs) + "\t" + (counted ? counts(snapshot, hits) : "");
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

    /** A record anew: durable by the commit, visible by the snapshot; the old one stays open to its readers. Fields: row, title, text, needs, facets, points. */
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
