;; An engine of ill will, for the tests of the host: it has the plain functions of `rules-wasm/src/abi.rs`, and does to
;; a row what the row's first letter says. u: stops as a panic does; l: never comes back; m: asks for 4 GB; s: calls
;; itself without end; anything else becomes its own record.
(module
  (memory (export "memory") 64)
  (global $next (mut i32) (i32.const 65536))
  (global $written (mut i32) (i32.const 0))
  (data (i32.const 16) "{\"pack\":1}")
  (data (i32.const 32) "{}\0a")

  (func (export "rules_allocate") (param $length i32) (result i32)
    (local $place i32)
    (local.set $place (global.get $next))
    (global.set $next (i32.add (global.get $next) (i32.add (local.get $length) (i32.const 8))))
    (local.get $place))

  (func (export "rules_free") (param i32 i32))

  (func (export "rules_call") (param i32 i32) (result i64)
    (i64.or (i64.shl (i64.const 16) (i64.const 32)) (i64.const 10)))

  (func (export "rules_cursor") (result i32) (i32.const 8))

  ;; 0 the records, which lie from 2 MB on; 2 the tally; nothing else.
  (func (export "rules_output") (param $which i32) (result i64)
    (if (i32.eqz (local.get $which))
      (then (return (i64.or
        (i64.shl (i64.const 2097152) (i64.const 32))
        (i64.extend_i32_u (global.get $written))))))
    (if (i32.eq (local.get $which) (i32.const 2))
      (then (return (i64.or (i64.shl (i64.const 32) (i64.const 32)) (i64.const 3)))))
    (i64.const 0))

  (func $without_end (param $depth i32) (result i32)
    (i32.add (call $without_end (i32.add (local.get $depth) (i32.const 1))) (local.get $depth)))

  (func $suffer (param $letter i32)
    (if (i32.eq (local.get $letter) (i32.const 117)) (then (unreachable)))
    (if (i32.eq (local.get $letter) (i32.const 108)) (then (loop $for_ever (br $for_ever))))
    (if (i32.eq (local.get $letter) (i32.const 109)) (then (drop (memory.grow (i32.const 65000)))))
    (if (i32.eq (local.get $letter) (i32.const 115)) (then (drop (call $without_end (i32.const 0))))))

  (func (export "rules_decide_chunk")
    (param i32 i32) (param $at i32) (param $length i32) (param i64 i32 i32 i32) (result i32)
    (local $end i32) (local $byte i32) (local $new_row i32)
    (global.set $written (i32.const 0))
    (i64.store (i32.const 8) (i64.const 0))
    (local.set $end (i32.add (local.get $at) (local.get $length)))
    (local.set $new_row (i32.const 1))
    (block $done
      (loop $bytes
        (br_if $done (i32.ge_u (local.get $at) (local.get $end)))
        (local.set $byte (i32.load8_u (local.get $at)))
        (if (local.get $new_row)
          (then
            (i64.store (i32.const 8) (i64.add (i64.load (i32.const 8)) (i64.const 1)))
            (call $suffer (local.get $byte))))
        (i32.store8 (i32.add (i32.const 2097152) (global.get $written)) (local.get $byte))
        (global.set $written (i32.add (global.get $written) (i32.const 1)))
        (local.set $new_row (i32.eq (local.get $byte) (i32.const 10)))
        (local.set $at (i32.add (local.get $at) (i32.const 1)))
        (br $bytes)))
    (i32.const 0)))
