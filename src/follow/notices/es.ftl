# The mails to those who hold a trip, in Spanish: see en.ftl.


## What is put into other messages.

someone = Un viajero

names-joined = { $names }, { $name }

names-more =
    { $more ->
        [one] { $names } y una persona más
       *[other] { $names } y { $more } personas más
    }

date =
    { $month ->
        [1] { $day } de enero de { $year }
        [2] { $day } de febrero de { $year }
        [3] { $day } de marzo de { $year }
        [4] { $day } de abril de { $year }
        [5] { $day } de mayo de { $year }
        [6] { $day } de junio de { $year }
        [7] { $day } de julio de { $year }
        [8] { $day } de agosto de { $year }
        [9] { $day } de septiembre de { $year }
        [10] { $day } de octubre de { $year }
        [11] { $day } de noviembre de { $year }
       *[12] { $day } de diciembre de { $year }
    }

time = { $hour }:{ $minute }

date-time = { $date }, { $time }

date-only = { $date }, hora desconocida

place = { $city } ({ $code })

flight = { $number }, { $from } – { $to }

flight-unnumbered = { $from } – { $to }

journey = { $route } el { $date }

journey-from = { $route } a partir del { $date }


## About the trip: what the reader knows it by.

about-journey = Viaje: { $journey }

about-travellers =
    { $count ->
        [one] Viajero: { $names }
       *[other] Viajeros: { $names }
    }

times = Todas las horas son locales.


## Somebody shares a trip with the reader.

subject-shared = { $name } ha compartido un viaje con usted: { $journey }

subject-shared-untold = { $name } ha compartido un viaje con usted

shared = { $name } ha compartido un viaje con usted. Puede encontrarlo en su lista «{ $list }».

flights =
    { $count ->
        [one] Vuelo:
       *[other] { $count } vuelos:
    }

flight-cancelled = { $flight }: cancelado

departure = Salida: { $when }

arrival = Llegada: { $when }


## The flights of a trip changed.

event =
    { $kind ->
        [added]
            { $count ->
                [one] Nuevo vuelo
               *[other] { $count } vuelos nuevos
            }
        [cancelled]
            { $count ->
                [one] Vuelo cancelado
               *[other] { $count } vuelos cancelados
            }
        [trip] Viaje cancelado
       *[changed]
            { $count ->
                [one] Cambio de vuelo
               *[other] { $count } cambios de vuelo
            }
    }

subject-changed = { $event }: { $journey }

subject-changed-for = { $event } de { $names }: { $journey }

subject-changed-untold = Cambios de vuelo

subject-changed-untold-for = Cambios de vuelo de { $names }

changed =
    { $count ->
        [one] Hay un cambio en los vuelos de un viaje de su lista «{ $list }».
       *[other] Hay { $count } cambios en los vuelos de un viaje de su lista «{ $list }».
    }

changed-untold = Han cambiado los vuelos de un viaje de su lista «{ $list }».

change-added = Nuevo vuelo: { $flight }

change-cancelled = Vuelo cancelado: { $flight }

change-changed = Vuelo modificado: { $flight }, del { $date }

now-designator = Número de vuelo, ahora: { $now }; antes: { $was }

now-origin = Aeropuerto de salida, ahora: { $now }; antes: { $was }

now-destination = Aeropuerto de llegada, ahora: { $now }; antes: { $was }

now-departure = Salida, ahora: { $now }; antes: { $was }

now-arrival = Llegada, ahora: { $now }; antes: { $was }

unknown-designator = desconocido

unknown-arrival = desconocida
