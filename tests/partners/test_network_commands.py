import json

import networkx
import pytest
from django.core.management import CommandError, call_command


def evaluate(path, capsys):
    call_command("network_eval", str(path))
    return capsys.readouterr()


def write(folder, text, encoding="utf-8"):
    path = folder / "edges.csv"
    path.write_text(text, encoding=encoding)
    return path


def test_network_eval_prints_the_figures_and_nothing_else(tmp_path, capsys):
    path = write(tmp_path, "source,target,weight\nก,ข,1\nข,ค,2\n")

    printed = evaluate(path, capsys)

    assert printed.out == (
        '{"nodes": {"ก": {"degree": 1, "betweenness": 0.0, "core": 1}, "ข": {"degree": 2, "betweenness": 1.0, "core": 1}, '
        '"ค": {"degree": 1, "betweenness": 0.0, "core": 1}}, "components": 1}\n'
    )
    assert printed.err == ""


def test_network_eval_equals_networkx_with_repeated_edges_and_loops(tmp_path, capsys):
    graph = networkx.gnp_random_graph(60, 0.05, seed=8)
    lines = [f"ภาคี {one},ภาคี {other},{weight}" for weight in (1, 2.5) for one, other in graph.edges]
    lines += [f"ภาคี {other},ภาคี {one},3" for one, other in graph.edges] + ["ภาคี 1,ภาคี 1,4", "โดดเดี่ยว,โดดเดี่ยว,1"]
    path = write(tmp_path, "\n".join(["source,target,weight", *lines]))

    printed = evaluate(path, capsys)

    tied = graph.subgraph([node for node in graph if graph.degree(node)] + [1]).copy()
    wanted = networkx.relabel_nodes(tied, {node: f"ภาคี {node}" for node in tied})
    wanted.add_node("โดดเดี่ยว")
    betweenness, cores = networkx.betweenness_centrality(wanted), networkx.core_number(wanted)
    found = json.loads(printed.out)
    assert found["components"] == networkx.number_connected_components(wanted)
    assert found["nodes"] == {
        name: {"degree": wanted.degree(name), "betweenness": pytest.approx(betweenness[name], abs=1e-9), "core": core}
        for name, core in cores.items()
    }
    assert printed.err == "Edges from a node to itself that were left out: 2\n"


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("source,target\na,b\n", "utf-8"),
        ("source,target,weight\na,b,\n", "utf-8"),
        ("source,target,weight\r\na,b,0.5\r\n", "utf-8-sig"),
        ("weight, target ,source,note\n1,b,a,x\n\n", "utf-8"),
        ('source,target\n"a","b"\nb,a', "utf-8-sig"),
    ],
)
def test_network_eval_reads_files_as_people_save_them(tmp_path, capsys, text, encoding):
    printed = evaluate(write(tmp_path, text, encoding), capsys)

    one = {"degree": 1, "betweenness": 0.0, "core": 1}
    assert json.loads(printed.out) == {"nodes": {"a": one, "b": one}, "components": 1}


def test_network_eval_knows_a_network_of_nobody(tmp_path, capsys):
    assert evaluate(write(tmp_path, "source,target,weight\n"), capsys).out == '{"nodes": {}, "components": 0}\n'


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "is empty: it must begin with the line source,target,weight."),
        ("\n\n", "is empty"),
        ("from,to\na,b\n", "has no column “source”; its columns are from, to."),
        ("source,weight\na,1\n", "has no column “target”"),
        ("source,target,weight\na,b,1\na,c,heavy\n", "line 3: the weight “heavy” is not a number of 0 or more."),
        ("source,target,weight\na,b,nan\n", "line 2: the weight “nan”"),
        ("source,target,weight\na,b,inf\n", "line 2: the weight “inf”"),
        ("source,target,weight\na,b,-1\n", "line 2: the weight “-1”"),
        ("source,target,weight\na,,1\n", "line 2: an edge needs source and target."),
        ("source,target,weight\na\n", "line 2: an edge needs source and target."),
    ],
)
def test_network_eval_says_what_is_wrong_with_a_file_and_where(tmp_path, capsys, text, reason):
    with pytest.raises(CommandError) as refusal:
        evaluate(write(tmp_path, text), capsys)

    assert reason in str(refusal.value)
    assert capsys.readouterr().out == ""


def test_network_eval_says_that_a_file_cannot_be_read(tmp_path, capsys):
    with pytest.raises(CommandError, match="cannot be read"):
        evaluate(tmp_path / "nothing.csv", capsys)
    with pytest.raises(CommandError, match="cannot be read"):
        evaluate(write(tmp_path, "source,target\nก,ข\n", "cp874"), capsys)
